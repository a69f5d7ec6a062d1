"""What stands around a page (head, masthead, footer), put together once for each set of words and addresses.

What is remembered is made of its arguments alone; the reader's own name and form token come into it for each page.
"""

from functools import lru_cache
from typing import Final

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from edem.ui.first_paint import styles_in_page, theme_in_page
from edem.ui.frame import Frame, Language, MenuItem, PersonBadge
from edem.ui.icon.icon import icon
from edem.ui.language_switch.language_switch import language_switch
from edem.ui.pieces import piece

MOST: Final = 1_024
_HERE: Final = SafeString("<!--reader-->")
"""Where something of the reader comes. No word of a menu can be mistaken for it: `<` is escaped there."""
TOKEN_HERE: Final = SafeString("<!--form token-->")
"""In a part that is made for many, where each reader's own token comes."""
_BARE: Final = Frame(brand="")
"""An error page may have no frame."""


def page_head(frame: Frame | str) -> SafeString:
    """The styles that every page is painted with, the scripts and icons that it asks for."""
    return _head(_known(frame).look, get_language())


def masthead(frame: Frame | str) -> SafeString:
    shown = _known(frame)
    sign_in_url = "" if shown.person else shown.sign_in_url
    facts = (shown.brand, shown.home_url, shown.arms_url, shown.ornament_code, shown.menu, sign_in_url)
    before, after = _masthead(*facts, get_language())
    return SafeString(before + (_badge(shown.person) if shown.person else "") + after)


def footer(context: Context, frame: Frame | str) -> SafeString:
    shown = _known(frame)
    sign_out_url = shown.sign_out_url if shown.person else ""
    before, after, *rest = _footer(shown.footer, shown.full_name or shown.brand, sign_out_url, get_language())
    whole = before + _switch(shown.languages, get_language()) + after
    return SafeString(whole + form_token(context) + rest[0] if rest else whole)


def form_token(context: Context) -> SafeString:
    """As `{% csrf_token %}` writes it; asking for it makes a cookie, so only where there is a form."""
    token = context.get("csrf_token") or ""
    return _token_input(token) if token else SafeString()


def with_form_token(part: SafeString, request: HttpRequest) -> SafeString:
    """A part that was made for many, with this reader's token in its forms."""
    if TOKEN_HERE not in part:
        return part
    return SafeString(part.replace(TOKEN_HERE, _token_input(get_token(request))))


def _token_input(token: object) -> SafeString:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


def _known(frame: Frame | str) -> Frame:
    return frame if isinstance(frame, Frame) else _BARE


def _badge(person: PersonBadge) -> SafeString:
    return format_html('<li><a href="{}">{}{}</a></li>', person.url, icon("person"), person.name)


@lru_cache(maxsize=64)
def _head(look: str, _language: str) -> SafeString:
    return piece("head", styles=styles_in_page(look), theme=theme_in_page())


@lru_cache(maxsize=MOST)
def _masthead(
    brand: str,
    home_url: str,
    arms_url: str,
    ornament_code: str,
    menu: tuple[MenuItem, ...],
    sign_in_url: str,
    _language: str,
) -> list[str]:
    facts = {"brand": brand, "home_url": home_url, "arms_url": arms_url, "ornament_code": ornament_code}
    return piece("masthead", **facts, menu=menu, sign_in_url=sign_in_url, badge=_HERE).split(_HERE)


@lru_cache(maxsize=MOST)
def _footer(items: tuple[MenuItem, ...], name: str, sign_out_url: str, _language: str) -> list[str]:
    return piece("footer", items=items, name=name, sign_out_url=sign_out_url, here=_HERE).split(_HERE)


@lru_cache(maxsize=MOST)
def _switch(languages: tuple[Language, ...], _language: str) -> SafeString:
    return language_switch(languages)
