"""Forms as the whole platform shows them: error summary, labels, hints, refusals."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext

OK, UNPROCESSABLE = 200, 422


class EdemRenderer(TemplatesSetting):
    """`{{ form }}` and `{{ field.as_field_group }}` come out of the design system."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


class Form(forms.Form):
    """The base of every form. Nobody writes the error summary by hand."""

    use_required_attribute = False  # the server says what is missing, in our words, in the summary
    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = what_is_missing(field)
            if isinstance(field, forms.CharField):
                field.error_messages.setdefault("max_length", what_is_too_long(field))

    @property
    def status(self) -> int:
        """422 when what was sent cannot be taken, for `render(..., status=form.status)`."""
        return UNPROCESSABLE if self.errors else OK

    def add_refusal(self, sentence: str, *, field: str | None = None) -> None:
        """Show on the form what an action refused; a field it does not have means the whole form."""
        if self.errors is not None:  # reading cleans the form, which must come before adding to it
            self.add_error(field if field in self.fields else None, sentence)


def what_is_missing(field: forms.Field) -> str:
    """A sentence that says which field and what to do, so that the summary can be read without the form."""
    if isinstance(field, forms.BooleanField):
        return gettext("Позначте: «%(label)s»") % {"label": field.label}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return gettext("Виберіть: «%(label)s»") % {"label": field.label}
    if isinstance(field, forms.FileField):
        return gettext("Додайте файл: «%(label)s»") % {"label": field.label}
    return gettext("Заповніть: «%(label)s»") % {"label": field.label}


def what_is_too_long(field: forms.Field) -> str:
    """A template that the validator fills with its two numbers: which field, how much fits, how much there is."""
    words = gettext("Скоротіть: «%(label)s» — до %(limit)s знаків, зараз %(count)s")
    label = str(field.label).replace("%", "%%")
    return words % {"label": label, "limit": "%(limit_value)s", "count": "%(show_value)s"}


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, object]]) -> None:
    """Give a field the choices that are known only now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
