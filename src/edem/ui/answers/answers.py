"""«Перевірте відповіді»: what was typed, each with a way to change it, before anything is sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from edem.ui.pieces import piece


@dataclass(frozen=True, kw_only=True)
class Answer:
    question: str
    answer: str
    change_url: str = ""


def answers(items: Sequence[Answer]) -> SafeString:
    """Also a plain list of facts, when nothing can be changed."""
    return piece("answers/answers", items=items)
