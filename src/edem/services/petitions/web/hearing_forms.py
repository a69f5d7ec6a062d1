"""What staff type about a hearing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from edem.kernel.deadlines import KYIV
from edem.services.petitions.rules.hearings import MOST_MINUTES, Appointment
from edem.services.petitions.web.plan_forms import note_field
from edem.ui.fields import DateField, FileField
from edem.ui.forms import Form


class TimeInput(forms.TimeInput):
    input_type = "time"


class AppointForm(Form):
    day = DateField(label=_("День"))
    time = forms.TimeField(label=_("Початок"), widget=TimeInput(format="%H:%M"))
    minutes = forms.IntegerField(
        label=_("Тривалість, хвилин"), min_value=1, max_value=MOST_MINUTES, help_text=_("Наприклад: 90.")
    )
    place = forms.CharField(
        label=_("Місце"), max_length=300, required=False, help_text=_("Будівля, адреса, поверх або зала.")
    )
    online = forms.URLField(
        label=_("Адреса трансляції"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Починається з https://."),
    )
    agenda = forms.CharField(label=_("Що обговорюватимуть"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))

    def appointment(self) -> Appointment:
        typed: Mapping[str, Any] = self.cleaned_data
        return Appointment(
            starts_at=datetime.combine(typed["day"], typed["time"], tzinfo=KYIV),
            minutes=typed["minutes"],
            place=typed["place"],
            online=typed["online"],
            agenda=typed["agenda"],
        )


class MoveForm(AppointForm):
    note = note_field(_("Чому переносите"))


class CancelForm(Form):
    note = note_field(_("Чому скасовуєте"))


class DeclineForm(Form):
    note = note_field(_("Чому слухань не буде"))


class HeldForm(Form):
    record = forms.CharField(
        label=_("Протокол"), max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 12})
    )
    paper = FileField(label=_("Файл протоколу"), accept=".pdf,.docx,.xlsx", required=False)
