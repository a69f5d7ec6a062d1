"""Sentences for what the kernel refuses: it knows no people, so it cannot say them itself."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "lifecycle.not_now": _("Цей крок зараз неможливий: стан уже змінився. Оновіть сторінку."),
    "lifecycle.not_allowed": _("Цей крок робить хтось інший."),
    "lifecycle.note_required": _("Напишіть пояснення: без нього цей крок зробити не можна."),
    "money.finer_than_kopiyka": _("Сума «{text}» дрібніша за копійку."),
    "number.unreadable": _("«{text}» — це не число."),
}
