"""What intake itself says; refusals of a service are said in the service's own words."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from edem.kernel.errors import Refused
from edem.ui.refusals import sentence_of

MESSAGES = {
    "intake.unknown_act": _("Такої дії немає."),
    "intake.foreign_page": _("Дію можна виконати лише зі сторінки цього сайту. Відкрийте сторінку ще раз."),
    "intake.unreadable": _("Запит не вдалося прочитати. Оновіть сторінку і спробуйте ще раз."),
    "intake.too_large": _("Запит завеликий."),
    "intake.pass_expired": _("Підтвердьте вхід ще раз."),
    "intake.too_often": _("Забагато спроб. Зачекайте хвилину і спробуйте ще раз."),
    "intake.busy": _("Зараз дуже багато запитів. Спробуйте ще раз за кілька секунд."),
    "intake.no_database": _("Зараз не вдається зберегти. Нічого не втрачено: спробуйте ще раз за кілька секунд."),
    "intake.no_room": _("Зараз не вдається нічого зберегти. Ми вже про це знаємо. Спробуйте за кілька хвилин."),
    "intake.bug": _("Сталася помилка, ми вже про неї знаємо. Спробуйте ще раз пізніше."),
}


def refusal_in_words(refusal: Refused, language: str) -> str:
    with override(language):
        return sentence_of(refusal)


def facts_in_words(facts: Mapping[str, object], language: str) -> dict[str, object]:
    """What a service left to be said till now, lazily, is said in the language of whoever asked."""
    with override(language):
        return {name: _said(value) for name, value in facts.items()}


def _said(value: Any) -> Any:
    if isinstance(value, list):
        return [_said(each) for each in value]
    return str(value) if isinstance(value, Promise) else value


@lru_cache(maxsize=256)
def thanks_in_words(thanks: str, language: str) -> str:
    with override(language):
        return gettext(thanks)


@lru_cache(maxsize=64)
def own_words(code: str, language: str) -> str:
    with override(language):
        return str(MESSAGES[code])
