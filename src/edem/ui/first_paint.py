"""What a page needs before it can be painted stands in the page itself: no request is waited for (decision 0045)."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from edem.ui.csp import import_map_hash, sha256_of
from edem.ui.styles import core_css

_THEME: Final = Path(__file__).parent / "theme.js"
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT: Final = re.compile(r"\s*\n\s*")
_BESIDE: Final = re.compile(r'url\("\.\./([^"]+)"\)')
"""As the sheets write it, from `ui/core.css`; in a page it must not depend on the page's own address."""


def styles_in_page(look: str) -> SafeString:
    """`look` is made of checked colours alone (`contrast.tokens_css`)."""
    whole = "".join(f"<style>{style}</style>" for style in (core_style(), look) if style)
    return mark_safe(whole)  # noqa: S308 - our own sheets, and colours of six hexadecimal digits


def theme_in_page() -> SafeString:
    return mark_safe(f"<script>{theme_script()}</script>")  # noqa: S308 - our own file


@cache
def core_style() -> str:
    bare = _INDENT.sub("\n", _COMMENT.sub("", core_css())).strip()
    return _BESIDE.sub(lambda found: f'url("{static(found[1])}")', bare)


@cache
def theme_script() -> str:
    """A theme that somebody chose must not flash."""
    return _INDENT.sub("\n", _COMMENT.sub("", _THEME.read_text(encoding="utf-8"))).strip()


def style_sources(*more: str) -> str:
    """For `style-src`: our own files, and the styles that stand in the page."""
    return " ".join(["'self'", *(sha256_of(style) for style in (core_style(), *more) if style)])


def script_sources() -> str:
    """For `script-src`: our own files, the import map and the theme."""
    return f"'self' {import_map_hash()} {sha256_of(theme_script())}"
