"""Refusal code → what the person reads."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "moderation.ground_needed": _("Виберіть підставу для відмови."),
    "moderation.reason_needed": _("Поясніть своє рішення: це побачить автор."),
    "moderation.words_needed": _("Опишіть, що саме не так."),
    "moderation.words_too_long": _("Пояснення задовге. Можна до {most} знаків."),
    "moderation.already_reported": _("Ви вже повідомили про це. Модератор уже розглядає його."),
    "moderation.no_open_case": _("Рішення вже ухвалено."),
}
