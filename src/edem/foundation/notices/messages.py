"""Refusal code → what the person reads; the words of acts and of what they are done to."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "notices.unknown_token": _("Це посилання пошкоджене. Вимкнути листи можна в кабінеті."),
    "notices.unknown_language": _("Такою мовою ми ще не пишемо."),
    "notices.unknown_topic": _("Такої теми листів немає."),
    "notices.nothing_to_follow": _("Стежити тут немає за чим. Перевірте адресу або почніть із головної сторінки."),
    "notices.no_such_subscription": _("Такої розсилки у вас немає. Можливо, ви її вже зупинили."),
    "notices.no_such_digest": _("Такого огляду немає. Усі ваші повідомлення — у кабінеті."),
    "notices.no_such_letter": _("Такого листа немає."),
    "notices.not_to_be_resent": _("Надіслати ще раз можна лише лист, який не надіслано або доля якого невідома."),
    "notices.no_such_message": _("Такого повідомлення немає. Через три місяці ми їх вилучаємо."),
    "notices.message_not_to_be_resent": _(
        "Надіслати ще раз можна лише повідомлення, яке не надіслано або доля якого невідома."
    ),
    "notices.codes_are_asked_anew": _("Код удруге не надсилають: людина попросить новий."),
    "notices.words_are_gone": _("Текст цього листа вже вилучено: минуло понад три місяці."),
    "notices.too_many_subscriptions": _("Ви вже стежите за {most} темами. Зупиніть ті, що більше не потрібні."),
}

ACTS = {
    "notices.resent": _("надіслано лист ще раз"),
    "notices.message_resent": _("надіслано SMS або повідомлення в браузері ще раз"),
}

SUBJECTS = {
    "notices.notice": _("Лист"),
    "notices.message": _("Коротке повідомлення"),
}
