"""A plain list with rules between its rows: the first choice for anything that is many and alike. Cards come second."""

from django.utils.safestring import SafeString

from edem.kernel.lifecycle import StateLook
from edem.ui.pieces import piece, trimmed
from edem.ui.state.state import state, tag
from edem.ui.tones import StateTone


def rows(content: str, *, label: str = "") -> SafeString:
    return piece("rows/rows", content=content, label=label)


def row(
    content: str,
    *,
    title: str,
    href: str = "",
    look: StateLook | None = None,
    word: str = "",
    tone: StateTone = "neutral",
    shape: str = "",
    meta: str = "",
) -> SafeString:
    """Above the title its state: a `look`, or a `word` with its `tone`; under it the quiet `meta`; last the content."""
    facts = {"content": trimmed(content), "title": title, "href": href, "meta": meta}
    return piece("rows/row", state=state_line(look, word=word, tone=tone, shape=shape), **facts)


def card(
    content: str,
    *,
    title: str,
    href: str = "",
    look: StateLook | None = None,
    word: str = "",
    tone: StateTone = "neutral",
    shape: str = "",
    meta: str = "",
) -> SafeString:
    facts = {"content": content, "title": title, "href": href, "meta": meta}
    return piece("rows/card", state=state_line(look, word=word, tone=tone, shape=shape), **facts)


def state_line(look: StateLook | None, *, word: str, tone: StateTone, shape: str) -> SafeString:
    if look is not None:
        return state(look, word=word)
    return tag(word, tone=tone, shape=shape) if word else SafeString("")
