"""What the widget's signature comes back in."""

from base64 import b64decode

from django import forms
from django.utils.translation import gettext_lazy as _

from edem.foundation.identity.providers.signed_upload import LARGEST
from edem.ui.forms import Form


class SignedInBrowser(Form):
    """For every page with the widget: its script fills in the signature."""

    signed = forms.CharField(
        widget=forms.HiddenInput,
        max_length=LARGEST * 4 // 3 + 4,
        error_messages={"required": _("Підпису ще немає. Виберіть ключ у рамці вище й підпишіть.")},
    )

    def clean_signed(self) -> bytes:
        try:
            return b64decode(self.cleaned_data["signed"], validate=True)
        except ValueError:
            raise forms.ValidationError(_("Підпис прийшов зіпсованим. Підпишіть ще раз.")) from None


class WidgetForm(SignedInBrowser):
    """To come in; where to go back to travels along and is checked again at the end."""

    next = forms.CharField(required=False, widget=forms.HiddenInput)
    community = forms.SlugField(required=False, widget=forms.HiddenInput)
