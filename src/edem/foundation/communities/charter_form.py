"""The form for a charter, generated from its model: a field for each number and its clause beside it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from edem.foundation.communities.actions.charters import Act
from edem.foundation.communities.charter import Charter
from edem.foundation.communities.charter_fields import CharterField, fields_of
from edem.foundation.communities.charter_inputs import input_for, value_from
from edem.foundation.communities.charter_refusals import words_for
from edem.foundation.communities.models import CharterVersion
from edem.ui.fields import DateField
from edem.ui.forms import Form

CLAUSE = "clause__"
LONGEST_CLAUSE = 200


class CharterForm(Form):
    """The council's act and the day come last: they are the same for every service."""

    model: type[Charter]

    act_title = forms.CharField(label=gettext_lazy("Назва рішення"), max_length=300)
    act_number = forms.CharField(label=gettext_lazy("Номер рішення"), max_length=40)
    act_date = DateField(label=gettext_lazy("Дата рішення"))
    act_url = forms.URLField(
        label=gettext_lazy("Посилання на рішення"), required=False, max_length=200, assume_scheme="https"
    )
    in_force_from = DateField(label=gettext_lazy("З якого дня діють правила"))

    charter: Charter
    """What was typed, once the form is valid."""

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.described = {field.name: field for field in fields_of(self.model)}
        self.order_fields([*self._generated_names(), *self.base_fields])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        values = {field.name: value_from(field, cleaned[field.name]) for field in self.described.values()}
        try:
            self.charter = self.model.model_validate(values)
        except ValidationError as error:
            self._say(error)
        return cleaned

    def clauses(self) -> dict[str, str]:
        clauses = {name: self.cleaned_data[f"{CLAUSE}{name}"].strip() for name in self.described}
        return {name: clause for name, clause in clauses.items() if clause}

    def act(self) -> Act:
        typed = self.cleaned_data
        return Act(
            title=typed["act_title"], number=typed["act_number"], date=typed["act_date"], url=typed["act_url"] or ""
        )

    def in_force_from_day(self) -> date:
        day: date = self.cleaned_data["in_force_from"]
        return day

    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Each number beside its clause."""
        for name in self.described:
            yield self[name], self[f"{CLAUSE}{name}"]

    def act_fields(self) -> Iterator[forms.BoundField]:
        for name in CharterForm.base_fields:
            yield self[name]

    def _generated_names(self) -> Iterator[str]:
        for name in self.described:
            yield from (name, f"{CLAUSE}{name}")

    def _say(self, error: ValidationError) -> None:
        for one in error.errors():
            name = str(one["loc"][0]) if one["loc"] else None
            self.add_error(name if name in self.fields else None, words_for(one))


def charter_form(model: type[Charter]) -> type[CharterForm]:
    generated: dict[str, Any] = {}
    for field in fields_of(model):
        generated[field.name] = input_for(field)
        generated[f"{CLAUSE}{field.name}"] = _clause_input(field)
    return type(f"{model.__name__}Form", (CharterForm,), {**generated, "model": model})


def initial_of(model: type[Charter], version: CharterVersion | None) -> dict[str, Any]:
    """The numbers in force, or the model's own defaults; the act is always a new one."""
    if version is None:
        return {field.name: field.default for field in fields_of(model) if field.default is not None}
    charter = version.read(model)
    values = {name: getattr(charter, name) for name in model.model_fields}
    return values | {f"{CLAUSE}{name}": clause for name, clause in version.clauses.items()}


def _clause_input(field: CharterField) -> forms.CharField:
    # Beside its number the word «Пункт» is enough for the eye; the rest is for those who listen.
    label = format_html('{}<span class="hidden-words">: {}</span>', _("Пункт рішення"), _(field.title))
    return forms.CharField(label=label, required=False, max_length=LONGEST_CLAUSE)
