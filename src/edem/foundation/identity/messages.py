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
    "identity.challenge_unknown": _("Тексту для підпису немає або ним уже скористалися. Збережіть новий текст."),
    "identity.challenge_expired": _("Текст уже не діє. Збережіть новий текст і підпишіть його."),
    "identity.kep_unreadable": _("Це не файл підпису. Завантажте файл .p7s, який зробила ваша програма."),
    "identity.kep_file_too_big": _("Файл завеликий. Підпис має бути не більший за {kilobytes} КБ."),
    "identity.kep_other_text": _("Підписано інший текст. Збережіть текст із цієї сторінки й підпишіть саме його."),
    "identity.kep_several_signers": _("Має бути один підпис, ваш. Підпишіть текст самі й завантажте новий файл."),
    "identity.kep_no_certificate": _("У файлі немає сертифіката. Підпишіть ще раз, додавши до підпису сертифікат."),
    "identity.kep_not_valid": _("Підпис пошкоджено. Підпишіть текст ще раз і завантажте новий файл."),
    "identity.kep_revoked": _("Сертифікат відкликано. Отримайте новий підпис у свого надавача або в Дії."),
    "identity.kep_expired": _("Сертифікат зараз не діє. Отримайте новий підпис у свого надавача або в Дії."),
    "identity.kep_wrong_key": _("Цей ключ не для підпису. Виберіть у програмі ключ підпису, а не шифрування."),
    "identity.kep_untrusted": _("Цього надавача підписів ми не знаємо. Потрібен підпис українського надавача (КНЕДП)."),
    "identity.kep_revocation_unknown": _(
        "Зараз не вдається дізнатися, чи діє ваш сертифікат. Спробуйте за кілька хвилин або виберіть інший спосіб."
    ),
    "identity.kep_is_seal": _("Це печатка установи. Увійдіть особистим підписом."),
    "identity.kep_not_qualified": _("Потрібен кваліфікований підпис (КЕП), а цей простіший. Виберіть інший ключ."),
    "identity.mobile_id_not_begun": _("Цей вхід почато не тут або вже завершено. Почніть ще раз."),
    "identity.mobile_id_too_often": _("На цей номер уже надіслано кілька запитів. Спробуйте за десять хвилин."),
    "identity.mobile_id_busy": _("Зараз забагато входів через MobileID. Спробуйте за хвилину."),
    "identity.mobile_id_silent": _("Сервіс MobileID зараз не відповідає. Спробуйте за кілька хвилин."),
    "identity.mobile_id_broken": _("Сервіс MobileID відповів незрозуміло. Спробуйте ще раз або виберіть інший спосіб."),
    "identity.mobile_id_cancelled": _("Ви скасували запит на телефоні. Нічого не збережено."),
    "identity.mobile_id_expired": _("Час на відповідь минув. Почніть вхід ще раз і тримайте телефон під рукою."),
    "identity.mobile_id_unknown_number": _("На цьому номері немає MobileID. Підключіть його в оператора."),
    "identity.mobile_id_unreachable": _("Запит не дійшов до телефона. Перевірте, чи є зв’язок, і спробуйте ще раз."),
    "identity.mobile_id_blocked": _("PIN-код MobileID заблоковано. Зверніться до свого оператора."),
    "identity.mobile_id_revoked": _("Сертифікат MobileID відкликано. Зверніться до свого оператора."),
    "identity.mobile_id_wrong_signature": _("Підпис із телефона не той, що потрібен. Почніть вхід ще раз."),
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
