"""What staff type about the plan of fulfilment."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from edem.kernel.deadlines import starts_of_day
from edem.kernel.errors import Refused
from edem.kernel.money import Hryvnias
from edem.services.petitions.rules.fulfilment import NewStage
from edem.ui.fields import DateField, FileField
from edem.ui.forms import Form
from edem.ui.refusals import sentence_of

LAST_DAY: Final = date(2099, 12, 31)
ACCEPT: Final = "image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx"


def note_field(label: str | Promise) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def stage_typed(typed: Mapping[str, Any]) -> NewStage:
    """The day named is the last one within the stage's term."""
    due_at = starts_of_day(typed["due"] + timedelta(days=1))
    return NewStage(title=typed["title"], body=typed["body"], due_at=due_at, amount=typed["amount"])


class StageForm(Form):
    title = forms.CharField(
        label=_("Назва етапу"), max_length=300, help_text=_("Що саме зроблять. Наприклад: «Встановити 14 ліхтарів».")
    )
    body = forms.CharField(label=_("Хто виконує"), max_length=300)
    due = DateField(label=_("До якого дня"))
    amount = forms.CharField(
        label=_("Кошти, гривень"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("Якщо відомо. Наприклад: 48 000 або 1 234,50."),
    )

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due > LAST_DAY:
            raise forms.ValidationError(_("Вкажіть день не пізніше 2099 року."))
        return due

    def clean_amount(self) -> int | None:
        written = self.cleaned_data["amount"]
        if not written:
            return None
        try:
            return Hryvnias.read(written).kopiykas
        except Refused as refusal:
            raise forms.ValidationError(sentence_of(refusal)) from refusal

    def stage(self) -> NewStage:
        return stage_typed(self.cleaned_data)


class StartForm(StageForm):
    """The plan and its first stage; the others are added on the plan's page."""

    note = note_field(_("Що буде зроблено"))
    field_order = ("note", "title", "body", "due", "amount")


class ChangeForm(StageForm):
    note = note_field(_("Чому змінюєте"))


class DoneForm(Form):
    done_on = DateField(label=_("Коли виконано"))
    note = note_field(_("Що зроблено"))


class DropForm(Form):
    note = note_field(_("Чому скасовуєте"))


class ReopenForm(Form):
    note = note_field(_("Чому знову відкриваєте"))


class EvidenceForm(Form):
    pieces = FileField(label=_("Фото або документи"), accept=ACCEPT, max_count=10)
    words = forms.CharField(
        label=_("Що видно на фото чи в документах"),
        max_length=300,
        help_text=_("Опис прочитають і ті, хто не бачить зображення."),
    )
