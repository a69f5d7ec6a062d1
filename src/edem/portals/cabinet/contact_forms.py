"""The forms of one's own addresses: the address, then its code."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from edem.foundation.identity.contact_kinds import LONGEST, Kind
from edem.ui.fields import EmailField, PhoneField
from edem.ui.forms import Form


class EmailAddressForm(Form):
    address = EmailField(label=_("Ваша електронна пошта"), max_length=LONGEST)


class PhoneAddressForm(Form):
    address = PhoneField(
        label=_("Ваш мобільний телефон"), max_length=20, help_text=_("Український номер, наприклад 067 123 45 67.")
    )


class CodeForm(Form):
    code = forms.CharField(
        label=_("Код із шести цифр"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}),
    )


def address_form(kind: Kind, sent: QueryDict | None) -> Form:
    return EmailAddressForm(sent) if kind is Kind.EMAIL else PhoneAddressForm(sent)
