"""Forms about access in an emergency."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edem.foundation.people.emergency.rules import HOURS
from edem.foundation.people.models import EmergencyAccess
from edem.foundation.people.roles import IN_EMERGENCY, LABELS, Role
from edem.portals.operator.forms import offer
from edem.ui.forms import Form


class EmergencyForm(Form):
    role = forms.ChoiceField(label=_("Яка роль потрібна"), choices=(), widget=forms.RadioSelect)
    hours = forms.ChoiceField(
        label=_("На скільки годин"), choices=[(f"{hours}", f"{hours}") for hours in HOURS], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Підстава"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("Що сталося і чому не можна чекати. Це прочитають орган контролю й перевірка."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", [(role.value, gettext(LABELS[role])) for role in Role if role in IN_EMERGENCY])


class ReviewForm(Form):
    finding = forms.ChoiceField(label=_("Висновок"), choices=EmergencyAccess.Finding.choices, widget=forms.RadioSelect)
    conclusion = forms.CharField(label=_("Пояснення"), max_length=2000, widget=forms.Textarea)
