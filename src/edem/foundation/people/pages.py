"""The words of the staff sign-in pages: one title, one sentence, one button each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Page:
    title: Words
    lead: Words = ""
    submit: Words = ""


PAGES = {
    "account_login": Page(title=_("Вхід для працівників"), submit=_("Увійти")),
    "mfa_authenticate": Page(
        title=_("Введіть код"),
        lead=_("Відкрийте застосунок з кодами на телефоні й перепишіть шість цифр."),
        submit=_("Увійти"),
    ),
    "account_logout": Page(
        title=_("Вийти?"), lead=_("Незбережений текст у відкритих формах зникне."), submit=_("Вийти")
    ),
    "account_inactive": Page(
        title=_("Обліковий запис закрито"), lead=_("Щоб відкрити його знову, зверніться до адміністратора громади.")
    ),
    "account_reauthenticate": Page(
        title=_("Підтвердьте, що це ви"), lead=_("Введіть пароль ще раз, щоб змінити захист входу."), submit=_("Далі")
    ),
    "mfa_reauthenticate": Page(
        title=_("Підтвердьте, що це ви"), lead=_("Введіть код із застосунку на телефоні."), submit=_("Далі")
    ),
    "mfa_reauthenticate_webauthn": Page(
        title=_("Підтвердьте, що це ви"),
        lead=_("Натисніть кнопку і прикладіть ключ або палець, коли попросить браузер."),
        submit=_("Скористатися ключем"),
    ),
    "account_change_password": Page(title=_("Новий пароль"), submit=_("Змінити пароль")),
    "mfa_index": Page(
        title=_("Другий крок входу"),
        lead=_("Пароль можна підгледіти. Тому працівники входять ще й кодом або ключем. Виберіть один спосіб."),
    ),
    "mfa_activate_totp": Page(
        title=_("Застосунок з кодами"),
        lead=_("Відскануйте малюнок застосунком на телефоні, тоді введіть код, який він покаже."),
        submit=_("Увімкнути"),
    ),
    "mfa_deactivate_totp": Page(
        title=_("Вимкнути застосунок з кодами?"),
        lead=_("Без другого кроку робочі сторінки не відкриються. Спершу додайте інший спосіб."),
        submit=_("Вимкнути"),
    ),
    "mfa_view_recovery_codes": Page(
        title=_("Запасні коди"),
        lead=_("Кожен код працює один раз. Роздрукуйте їх і сховайте: вони знадобляться, якщо телефону не буде поруч."),
    ),
    "mfa_generate_recovery_codes": Page(
        title=_("Зробити нові запасні коди?"), lead=_("Старі коди перестануть працювати."), submit=_("Зробити нові")
    ),
    "mfa_list_webauthn": Page(title=_("Ключі входу"), lead=_("Палець, обличчя або апаратний ключ замість коду.")),
    "mfa_add_webauthn": Page(
        title=_("Додати ключ входу"),
        lead=_("Назвіть ключ так, щоб упізнати його в списку: «Робочий ноутбук»."),
        submit=_("Додати ключ"),
    ),
    "mfa_edit_webauthn": Page(title=_("Назва ключа"), submit=_("Зберегти")),
    "mfa_remove_webauthn": Page(
        title=_("Вилучити ключ?"), lead=_("Увійти цим ключем більше не вийде."), submit=_("Вилучити")
    ),
}
