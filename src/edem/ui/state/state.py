"""The state of a thing: its shape, its word and its colour, so that no single one is needed to understand it."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from edem.kernel.lifecycle import StateLook
from edem.ui.pieces import piece
from edem.ui.tones import StateTone

SHAPES: dict[StateTone, str] = {
    "open": "●",
    "accepted": "◆",
    "closed": "■",
    "archive": "▢",
    "neutral": "○",
    "warning": "▲",
}


def state(look: StateLook, *, word: str = "") -> SafeString:
    """The look of a lifecycle's state; `word` says it more exactly («Прострочено на 2 дні»)."""
    return piece("state/state", label=word or gettext(look.label), tone=look.tone, shape=look.shape)


def tag(label: str, *, tone: StateTone = "neutral", shape: str = "") -> SafeString:
    """A state that is not from a lifecycle table."""
    return piece("state/state", label=label, tone=tone, shape=shape or SHAPES[tone])
