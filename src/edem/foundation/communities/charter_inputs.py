"""A form field for each kind of charter field, and the way back from what was typed to the model's value."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from edem.foundation.communities.charter_fields import CharterField, Kind
from edem.kernel.deadlines import DayOff, Term, Unit
from edem.ui.fields import DateField

UNITS = [
    (Unit.CALENDAR_DAYS.value, gettext_lazy("календарних днів")),
    (Unit.WORKING_DAYS.value, gettext_lazy("робочих днів")),
    (Unit.MONTHS.value, gettext_lazy("місяців")),
]
DAYS_OFF = [
    (DayOff.NEXT_WORKING_DAY.value, gettext_lazy("вихідний переносить строк на робочий день")),
    (DayOff.STAYS.value, gettext_lazy("вихідний не змінює строку")),
]
LONGEST_TERM = 3660


class TermWidget(forms.MultiWidget):
    """A number, its unit, and what a day off does; each part says to a screen reader what it is."""

    use_fieldset = True

    def __init__(self) -> None:
        number = forms.NumberInput(attrs={"min": 0, "aria-label": gettext_lazy("Скільки")})
        unit = forms.Select(attrs={"aria-label": gettext_lazy("Одиниця")}, choices=UNITS)
        day_off = forms.Select(attrs={"aria-label": gettext_lazy("Якщо останній день вихідний")}, choices=DAYS_OFF)
        super().__init__([number, unit, day_off])

    def decompress(self, value: Any) -> list[Any]:
        return [value.amount, value.unit.value, value.day_off.value] if isinstance(value, Term) else [None, None, None]


class TermField(forms.MultiValueField):
    """What starts the term is the law's and stays as the model has it."""

    widget = TermWidget

    def __init__(self, *, starts: str, label: str, **kwargs: Any) -> None:
        self.starts = starts
        parts = (
            forms.IntegerField(min_value=0, max_value=LONGEST_TERM, error_messages=limits_said(label)),
            forms.ChoiceField(choices=UNITS),
            forms.ChoiceField(choices=DAYS_OFF),
        )
        super().__init__(parts, require_all_fields=True, label=label, **kwargs)

    def compress(self, data_list: Sequence[Any]) -> Term | None:
        if not data_list:
            return None
        amount, unit, day_off = data_list
        return Term(amount=amount, unit=Unit(unit), day_off=DayOff(day_off), starts=self.starts)


class LinesField(forms.CharField):
    """A list, one item on a line."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        lines = (line.strip() for line in str(value or "").splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))


def limits_said(title: str) -> dict[str, str]:
    """With the field's own name, so that the summary of mistakes can be read without the form."""
    known = {"title": title.replace("%", "%%"), "limit": "%(limit_value)s"}
    return {
        "min_value": _("«%(title)s»: не менше ніж %(limit)s.") % known,
        "max_value": _("«%(title)s»: не більше ніж %(limit)s.") % known,
    }


def input_for(field: CharterField) -> forms.Field:
    make: dict[Kind, Callable[..., forms.Field]] = {
        Kind.NUMBER: lambda **said: forms.IntegerField(
            min_value=field.lowest, max_value=field.highest, error_messages=limits_said(said["label"]), **said
        ),
        Kind.DECIMAL: lambda **said: forms.DecimalField(
            min_value=field.lowest,
            max_value=field.highest,
            localize=True,
            error_messages=limits_said(said["label"]),
            **said,
        ),
        Kind.YES_NO: lambda **said: forms.BooleanField(**said | {"required": False}),
        Kind.CHOICE: lambda **said: forms.ChoiceField(choices=_choices(field), **said),
        Kind.CHOICES: lambda **said: forms.MultipleChoiceField(
            choices=_choices(field), widget=forms.CheckboxSelectMultiple, **said | {"required": False}
        ),
        Kind.TERM: lambda **said: TermField(starts=field.default.starts if field.default else field.name, **said),
        Kind.LINES: lambda **said: LinesField(**said | {"required": False, "help_text": _lines_hint(field)}),
        Kind.DAY: DateField,
        Kind.TEXT: lambda **said: forms.CharField(max_length=field.longest, **said),
    }
    description = _(field.description) if field.description else ""
    return make[field.kind](label=_(field.title), help_text=description, required=not field.is_optional)


def value_from(field: CharterField, typed: Any) -> Any:
    """What an empty optional field means depends on its kind: no value, or an empty text."""
    if typed in (None, "") and field.is_optional:
        return None
    return tuple(typed) if field.kind in {Kind.LINES, Kind.CHOICES} else typed


def _choices(field: CharterField) -> list[tuple[str, str]]:
    return [(code, _(words)) for code, words in field.options.items()]


def _lines_hint(field: CharterField) -> str:
    each = _("Кожне значення — з нового рядка.")
    return f"{_(field.description)} {each}" if field.description else each
