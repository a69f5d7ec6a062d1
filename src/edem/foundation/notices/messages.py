"""Refusal code → what the person reads."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "notices.unknown_token": _("Це посилання пошкоджене. Вимкнути листи можна в кабінеті."),
    "notices.unknown_topic": _("Такої теми листів немає."),
}
