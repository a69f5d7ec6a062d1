"""The road of a thing: where it is, who holds it, until when, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString

from edem.ui.pieces import piece

Passage = Literal["done", "now", "overdue", "later", "refused"]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage of the road. `note` says when and who in one line, `clause` the law, `story` what was written."""

    title: str
    passage: Passage
    note: str = ""
    holder: str = ""
    clause: str = ""
    clause_url: str = ""
    story: str = ""


def timeline(stages: Sequence[Stage], *, label: str = "") -> SafeString:
    return piece("timeline/timeline", stages=stages, label=label)
