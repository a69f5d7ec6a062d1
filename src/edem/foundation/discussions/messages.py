"""Refusal code → what the person reads."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "discussions.closed": _("Обговорення тут закрите."),
    "discussions.members_only": _(
        "Писати можуть лише мешканці громади. Якщо ви тут живете, підтвердьте адресу в ЦНАП."
    ),
    "discussions.too_often": _("Ви пишете дуже часто. Зробіть перерву й поверніться за годину."),
    "discussions.nothing_to_answer": _("На цей допис уже не можна відповісти."),
    "discussions.one_level": _("Відповідати можна лише на перший допис розмови."),
    "discussions.too_many_replies": _("Відповідей уже {most}. Почніть нову розмову."),
    "discussions.length": _("Допис має містити від {least} до {most} знаків."),
    "discussions.no_such_comment": _("Такого допису тут немає."),
    "discussions.not_yours": _("Це допис іншої людини."),
}
