"""What a person agrees to at the first sign-in (law 2297-VI, art. 6, 8 and 12). New meaning, new version."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERSION = "2026-11"


@dataclass(frozen=True)
class Clause:
    question: Promise | str
    answer: Promise | str


CLAUSES = (
    Clause(
        _("Що саме ми зберігаємо?"),
        _("Ім’я, податковий номер (або номер паспорта), дату народження, адресу, телефон і пошту — якщо їх передав "
          "сервіс, яким ви увійшли. Усе це зашифровано, ключ лежить окремо від бази."),
    ),
    Clause(
        _("Навіщо?"),
        _("Щоб знати, з якої ви громади, і щоб кожен підпис та голос рахувався один раз. Більше ні для чого."),
    ),
    Clause(
        _("Хто це бачить?"),
        _("Третім особам ми даних не передаємо. Кожен перегляд записуємо, і ви бачите його в кабінеті: хто й чому."),
    ),
    Clause(
        _("Що стане видно всім?"),
        _("Лише те, що велить закон. Наприклад, прізвище й ім’я того, хто підписав петицію (стаття 23-1 Закону «Про "
          "звернення громадян»). Перед кожною такою дією ми скажемо про це окремо."),
    ),
    Clause(
        _("А якщо передумаю?"),
        _("Згоду можна відкликати в кабінеті будь-коли. Тоді ми видалимо ваші дані. Вже подані підписи залишаться "
          "чинними. Копію своїх даних ви отримаєте безоплатно."),
    ),
)  # fmt: skip

EDITIONS = {VERSION: CLAUSES}
"""Every edition that somebody has agreed to: a consent is shown with the very words it was given to."""
