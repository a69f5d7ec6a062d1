"""What the cabinet refuses, in words."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "cabinet.unknown_rhythm": _("Виберіть зі списку, як часто вам писати."),
    "cabinet.device_wrong": _("Браузер не зміг увімкнути повідомлення. Спробуйте ще раз."),
    "cabinet.no_texts": _("Ця громада ще не надсилає SMS."),
    "cabinet.no_such_consent": _("Такої згоди ви не давали."),
    "cabinet.no_such_contact": _("Підтвердити можна пошту або телефон."),
    "cabinet.no_such_copy": _("Копію можна забрати у форматі PDF або JSON."),
}
