"""What a person typed, as paragraphs and lists. Everything is escaped; nothing but these two shapes comes out."""

from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_BULLETS = ("- ", "* ", "• ", "– ", "— ")


def paragraphs(text: str) -> SafeString:
    """A blank line parts paragraphs; lines that begin with a dash become a list."""
    blocks = [block for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]
    return mark_safe("".join(_block(block) for block in blocks))  # noqa: S308 - every line is escaped below


def _block(block: str) -> str:
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    return "".join(
        _list(list(group)) if is_list else _paragraph(list(group)) for is_list, group in groupby(lines, key=_is_item)
    )


def _is_item(line: str) -> bool:
    return line.startswith(_BULLETS)


def _list(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line[2:].strip())}</li>" for line in lines) + "</ul>"


def _paragraph(lines: list[str]) -> str:
    return "<p>" + "<br>".join(escape(line) for line in lines) + "</p>"
