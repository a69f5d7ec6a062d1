"""What a person reads when the door itself turns a request away; nothing here needs Django's views or the database."""

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Final

from django.templatetags.static import static
from django.utils.translation import gettext, override
from starlette.types import Scope, Send

from edem.foundation.live.answers import UNKEPT, send_body
from edem.foundation.live.arrival import language_asked
from edem.kernel.ukrainian import N_

_SENTENCES: Final[Mapping[int, str]] = {
    400: N_("Цієї адреси немає на нашому сервері. Перевірте її в рядку браузера."),
    405: N_("Цю адресу так не відкрити."),
    411: N_("Браузер не сказав, скільки надсилає. Оновіть сторінку і спробуйте ще раз."),
    413: N_("Файли завеликі: разом можна надіслати до 128 МБ. Зменште їх і спробуйте ще раз."),
    500: N_("Сталася помилка, ми вже про неї знаємо. Спробуйте ще раз пізніше."),
    503: N_("Сайт зараз перевантажений. Спробуйте ще раз за хвилину."),
}
_HEADERS: Final = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; style-src 'self'; font-src 'self'; frame-ancestors 'none'"),
    UNKEPT,
]
_PAGE: Final = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{styles}</head>
<body class="page"><main class="main" id="main"><div class="columns"><div class="article">
<h1>{title}</h1><p class="lead">{sentence}</p>
</div></div></main></body></html>
"""


async def send_kind_page(scope: Scope, send: Send, status: int, sentence: str = "") -> None:
    extra = [(b"retry-after", b"30")] if status == 503 else [(b"connection", b"close")] if status == 413 else []  # noqa: PLR2004
    await send_body(send, status, _page(sentence or _SENTENCES[status], language_asked(scope)), [*_HEADERS, *extra])


@lru_cache(maxsize=64)
def _page(sentence: str, language: str) -> bytes:
    with override(language):
        title, sentence = gettext(N_("Не вийшло")), gettext(sentence)
    filled = _PAGE.format(language=language, title=escape(title), sentence=escape(sentence), styles=_styles())
    return filled.encode()


def _styles() -> str:
    try:
        return f'<link rel="stylesheet" href="{escape(static("ui/core.css"))}">'
    except ValueError:  # collected files are missing: the words alone must do
        return ""
