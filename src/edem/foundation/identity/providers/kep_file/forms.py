"""The form for a signed file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from edem.foundation.identity.providers.signed_upload import ENDINGS
from edem.ui.fields import FileField
from edem.ui.forms import Form


class SignedFileForm(Form):
    """Where to go back to travels along and is checked again at the end."""

    signed = FileField(
        label=_("Файл із підписом"),
        help_text=_("Зазвичай він закінчується на .p7s. Підпис може бути і разом із текстом, і окремо."),
        accept=ENDINGS,
        error_messages={"required": _("Виберіть файл із підписом.")},
        allow_empty_file=True,
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    community = forms.SlugField(required=False, widget=forms.HiddenInput)
