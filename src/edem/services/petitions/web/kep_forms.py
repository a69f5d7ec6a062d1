"""The forms for a signature over the petition's text: a file from one's own program, or what the widget gave."""

from django import forms
from django.utils.translation import gettext_lazy as _

from edem.foundation.identity.providers.signed_upload import ENDINGS
from edem.foundation.identity.providers.signing_widget.forms import SignedInBrowser
from edem.services.petitions.web.forms import SignForm
from edem.ui.fields import FileField


class TextSignForm(SignForm):
    for_author = forms.BooleanField(
        label=_("Дозволяю передати файл мого підпису авторові петиції"),
        help_text=_("У файлі — сертифікат із вашим іменем і податковим номером. Без дозволу файл має лише рада."),
        required=False,
    )


class KepForm(TextSignForm):
    signed = FileField(
        label=_("Файл із підписом"),
        help_text=_("Зазвичай він закінчується на .p7s. Підпис може бути і разом із текстом, і окремо."),
        accept=ENDINGS,
        allow_empty_file=True,
        error_messages={"required": _("Виберіть файл із підписом.")},
    )
    field_order = ("signed", "agree", "follow", "for_author")


class KepWidgetForm(SignedInBrowser, TextSignForm):
    field_order = ("signed", "agree", "follow", "for_author")
