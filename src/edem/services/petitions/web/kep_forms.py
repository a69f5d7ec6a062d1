"""The form for a file signed over the petition's text."""

from django.utils.translation import gettext_lazy as _

from edem.foundation.identity.providers.signed_upload import ENDINGS
from edem.services.petitions.web.forms import SignForm
from edem.ui.fields import FileField


class KepForm(SignForm):
    signed = FileField(
        label=_("Файл із підписом"),
        help_text=_("Зазвичай він закінчується на .p7s. Підпис може бути і разом із текстом, і окремо."),
        accept=ENDINGS,
        allow_empty_file=True,
        error_messages={"required": _("Виберіть файл із підписом.")},
    )
    field_order = ("signed", "agree", "follow")
