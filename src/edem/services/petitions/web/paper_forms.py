"""What clerks type about paper sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edem.services.petitions.rules.paper import LARGEST_NUMBER, MOST_ROWS, NAME_MAX, NUMBER_MAX, Fault, Line
from edem.services.petitions.rules.paper_reading import TypedLine
from edem.ui.fields import DateField, FileField
from edem.ui.forms import Form
from edem.ui.refusals import sentence_of

SCAN_TYPES: Final = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
FIRST_ROWS: Final = 10
MORE_ROWS: Final = 10
CELLS: Final = ("name", "number", "settlement", "day")
LONGEST: Final = {"name": NAME_MAX, "number": NUMBER_MAX, "settlement": 100, "day": 20}


class FindForm(Form):
    """From the number printed on a sheet to its petition."""

    number = forms.IntegerField(
        label=_("Номер петиції"), min_value=1, max_value=2**31 - 1, help_text=_("Він угорі листа.")
    )


class ScanForm(Form):
    scan = FileField(
        label=_("Скан листа"), accept=SCAN_TYPES, help_text=_("PDF або фото (JPEG, PNG). Обидва боки листа.")
    )


class SheetForm(Form):
    number = forms.IntegerField(label=_("Номер листа"), min_value=1, max_value=LARGEST_NUMBER)
    received_on = DateField(label=_("Коли отримано"))
    scan = FileField(
        label=_("Скан листа"),
        accept=SCAN_TYPES,
        required=False,
        help_text=_("PDF або фото (JPEG, PNG). Можна додати й згодом, але до кінця збору підписів."),
    )


class ReturnForm(Form):
    note = forms.CharField(label=_("Що виправити"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class ConfirmForm(Form):
    """Beside each row a place for the reason to strike it; an empty one leaves the row."""

    compared = forms.BooleanField(
        label=_("Звірено зі сканом: люди, номери й дні ті самі, усі вони — мешканці громади"),
        error_messages={"required": _("Звірте рядки зі сканом і позначте це.")},
    )

    def __init__(self, *args: Any, places: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        for place in places:
            label = gettext("Чому викреслити рядок %(row)s") % {"row": place}
            widget = forms.TextInput(attrs={"aria-label": label, "autocomplete": "off"})
            self.fields[f"strike-{place}"] = forms.CharField(label=label, required=False, max_length=300, widget=widget)

    @property
    def struck(self) -> Mapping[int, str]:
        reasons = {place: str(self.cleaned_data[f"strike-{place}"]).strip() for place in self.places}
        return {place: reason for place, reason in reasons.items() if reason}

    def strike_fields(self) -> Mapping[int, BoundField]:
        return {place: self[f"strike-{place}"] for place in self.places}


@dataclass(frozen=True, kw_only=True)
class RowShown:
    """One row of the sheet on the page."""

    place: int
    cells: Sequence[BoundField]
    hints: Sequence[str]
    is_already: bool


class RowsForm(Form):
    """The whole sheet at once: it works without scripts, and every cell keeps what was typed in it."""

    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, count: int, lines: Sequence[Line] = (), **kwargs: Any) -> None:
        super().__init__(*args, initial=typed_before(lines) | {"rows": count}, **kwargs)
        self.count = count
        for place in range(1, count + 1):
            for cell in CELLS:
                self.fields[f"{cell}-{place}"] = cell_field(cell)

    @property
    def typed(self) -> list[TypedLine]:
        return [
            TypedLine(place=place, **{cell: self.cleaned_data[f"{cell}-{place}"] for cell in CELLS})
            for place in range(1, self.count + 1)
        ]

    def show(self, faults: Sequence[Fault]) -> None:
        for fault in faults:
            self.add_refusal(sentence_of(fault.why), field=f"{fault.field}-{fault.place}")

    def shown(self, faults: Sequence[Fault], already: frozenset[int]) -> list[RowShown]:
        """What is wrong stands on its field once the sheet was to be handed over, and quietly below till then."""
        hints = [] if self.errors else [(fault.place, sentence_of(fault.why)) for fault in faults]
        return [
            RowShown(
                place=place,
                cells=[self[f"{cell}-{place}"] for cell in CELLS],
                hints=[words for row, words in hints if row == place],
                is_already=place in already,
            )
            for place in range(1, self.count + 1)
        ]


def cell_field(cell: str) -> forms.CharField:
    labels = {
        "name": gettext("Прізвище та ім’я"),
        "number": gettext("Податковий номер або паспорт"),
        "settlement": gettext("Населений пункт"),
        "day": gettext("День підпису"),
    }
    attrs = {"autocomplete": "off", "spellcheck": "false"} | ({"list": "settlements"} if cell == "settlement" else {})
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(label=labels[cell], required=False, max_length=LONGEST[cell], widget=widget)


def typed_before(lines: Sequence[Line]) -> dict[str, object]:
    given: dict[str, object] = {}
    for line in lines:
        values = (line.name, line.number, line.settlement_typed, line.day_typed)
        given |= {f"{cell}-{line.place}": value for cell, value in zip(CELLS, values, strict=True)}
    return given


def rows_asked(asked: object, *, filled: int) -> int:
    """As many rows as the clerk wants to see, never fewer than are filled in nor more than a sheet has."""
    text = str(asked or "")
    wanted = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_ROWS)) else FIRST_ROWS
    return min(MOST_ROWS, max(FIRST_ROWS, wanted, filled))
