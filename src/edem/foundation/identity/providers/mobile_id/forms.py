"""The form of MobileID: a phone number, typed as people type it."""

import re
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from edem.ui.fields import PhoneField
from edem.ui.forms import Form

_LOCAL, _WHOLE = re.compile(r"0\d{9}"), re.compile(r"380\d{9}")
_SIGNS: Final = str.maketrans("", "", " ()-\u2013\u00a0.+")


class PhoneForm(Form):
    """Where to go back to travels along and is checked again at the end."""

    phone = PhoneField(
        label=_("Ваш номер телефону"),
        help_text=_("Номер, до якого оператор підключив MobileID. Наприклад: 067 111 22 33."),
        max_length=25,
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    community = forms.SlugField(required=False, widget=forms.HiddenInput)

    def clean_phone(self) -> str:
        digits = self.cleaned_data["phone"].translate(_SIGNS)
        if _LOCAL.fullmatch(digits):
            digits = f"38{digits}"
        if not _WHOLE.fullmatch(digits):
            raise forms.ValidationError(_("Перевірте номер: потрібен український, десять цифр від нуля."))
        return f"+{digits}"
