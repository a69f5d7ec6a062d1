"""Refusal code → what the person reads: what happened, and that nothing of theirs was lost."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "identity.denied": _("Ви скасували вхід. Нічого не збережено."),
    "identity.state_unknown": _("Цей вхід почато не тут або вже завершено. Почніть ще раз."),
    "identity.state_expired": _("Минуло більше десяти хвилин, тому вхід треба почати знову."),
    "identity.code_refused": _("Код входу вже не діє. Почніть ще раз."),
    "identity.provider_silent": _("Сервіс {service} зараз не відповідає. Спробуйте за кілька хвилин."),
    "identity.provider_broken": _("Сервіс {service} відповів незрозуміло. Спробуйте ще раз або виберіть інший спосіб."),
    "identity.person_refused": _("Сервіс {service} не передав ваших даних. Спробуйте інший спосіб входу."),
    "identity.way_unknown": _("Такого способу входу немає."),
    "identity.method_not_offered": _("Цього способу входу громада зараз не пропонує. Виберіть інший."),
    "identity.method_unknown": _("Цим способом увійти не можна. Виберіть інший."),
    "identity.no_name": _("У відповіді немає імені. Мабуть, це печатка установи. Увійдіть особистим підписом."),
    "identity.no_identifier": _("У відповіді немає ні податкового номера, ні паспорта. Спробуйте інший спосіб входу."),
    "identity.tax_number_wrong": _("Податковий номер у вашому підписі з помилкою. Зверніться туди, де видали підпис."),
    "identity.person_closed": _("Цей обліковий запис закрито. Зверніться до служби підтримки громади."),
    "identity.consent_needed": _("Без згоди на обробку даних увійти не можна."),
    "identity.claims_expired": _("Минуло більше десяти хвилин. Почніть вхід ще раз."),
    "identity.hand_over_refused": _("Не вдалося завершити вхід на цьому сайті. Натисніть «Увійти» ще раз."),
    "identity.not_identified": _("Для цього треба увійти через id.gov.ua."),
    "identity.nothing_held": _("Про вас нічого не зберігається."),
    "identity.purpose_does_not_open": _("Ця мета не дає права бачити такі дані."),
    "identity.may_not_decide": _("Членство визначає уповноважений спеціаліст або ЦНАП цієї громади."),
    "identity.already_member": _("Ця людина вже є членом громади."),
    "identity.no_membership": _("Такого членства немає або його вже припинено."),
    "identity.no_settlement": _("У громаді немає такого населеного пункту."),
    "identity.nobody_with_number": _("Такої людини на платформі немає. Спершу їй треба увійти через id.gov.ua."),
    "identity.no_person": _("Такої людини немає."),
    "identity.no_session": _("Цей сеанс уже завершено."),
    "identity.evidence_empty": _("Напишіть, який документ ви бачили."),
    "identity.evidence_personal": _("Напишіть лише вид документа, без номерів: «паспорт, бачив 3 березня»."),
}

ACTS = {
    "identity.decide_membership": _("підтверджено місце проживання"),
    "identity.end_membership": _("припинено належність до громади"),
    "identity.find_person": _("знайдено людину за номером"),
}
"""What staff do, in the words of the log."""

SUBJECTS = {
    "identity.membershipfact": _("Запис про належність до громади"),
    "people.person": _("Мешканець"),
}
"""What it was done to."""
