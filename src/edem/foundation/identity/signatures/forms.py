"""The form of «Перевірити підпис»."""

from django.utils.translation import gettext_lazy as _

from edem.ui.fields import FileField
from edem.ui.forms import Form

ENDINGS = ".p7s,.p7m,.p7b,.sig,.asics,.asice,.zip"


class SignatureForm(Form):
    signed = FileField(
        label=_("Файл із підписом"),
        help_text=_("Зазвичай закінчується на .p7s, .asics або .asice."),
        accept=ENDINGS,
        allow_empty_file=True,
        error_messages={"required": _("Виберіть файл із підписом.")},
    )
    content = FileField(
        label=_("Файл, який підписували"),
        help_text=_("Потрібен, якщо підпис лежить окремо від нього."),
        allow_empty_file=True,
        required=False,
    )
