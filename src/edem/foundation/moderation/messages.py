"""Refusal code → what the person reads."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "moderation.ground_needed": _("Виберіть підставу для відмови."),
    "moderation.reason_needed": _("Поясніть своє рішення: це побачить автор."),
    "moderation.words_needed": _("Опишіть, що саме не так."),
    "moderation.words_too_long": _("Пояснення задовге. Можна до {most} знаків."),
    "moderation.already_reported": _("Ви вже повідомили про це. Модератор уже розглядає його."),
    "moderation.no_open_case": _("Рішення вже ухвалено."),
    "moderation.too_many_reports": _("Сьогодні ви надіслали вже багато скарг. Напишіть завтра."),
    "moderation.no_such_thing": _("Цього тут немає або вже прибрано."),
    "moderation.your_own": _("Це ваш допис: рішення щодо нього ухвалить інший модератор."),
    "moderation.only_left_standing": _("Скарга сама цього не приховує. Передайте справу уповноваженому спеціалісту."),
}

ACTS = {
    "moderation.approved": _("схвалено або залишено допис"),
    "moderation.hidden": _("приховано допис"),
}

SUBJECTS = {
    "moderation.moderationcase": _("Справа модератора"),
}
