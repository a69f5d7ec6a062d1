"""How a report ends: every closing says which of these it is. «Закрито» alone says nothing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import N_


class Result(StrEnum):
    SOLVED = "solved"
    EXPLAINED = "explained"
    IMPOSSIBLE = "impossible"
    NOT_OURS = "not_ours"


RESULTS: Final = {
    Result.SOLVED: N_("Вирішено"),
    Result.EXPLAINED: N_("Роз’яснено"),
    Result.IMPOSSIBLE: N_("Вирішити неможливо"),
    Result.NOT_OURS: N_("Не в компетенції громади"),
}

TEXT_MIN: Final = 10
TEXT_MAX: Final = 4_000
ADDRESSEE_MAX: Final = 300


@dataclass(frozen=True, kw_only=True)
class Closing:
    """What whoever closes a report says."""

    result: Result
    text: str
    addressee: str = ""
    """Whose it is, when it is not the community's."""


def check_closing(closing: Closing, *, photo_required: bool, has_photo: bool) -> None:
    """Every closing carries a text; «вирішено» a photo where asked, «не в компетенції» the name of who is."""
    if not TEXT_MIN <= len(closing.text.strip()) <= TEXT_MAX:
        raise Invalid("report.result_length", least=TEXT_MIN, most=TEXT_MAX, field="text")
    if closing.result is Result.NOT_OURS and not closing.addressee.strip():
        raise Invalid("report.addressee_needed", field="addressee")
    if len(closing.addressee) > ADDRESSEE_MAX:
        raise Invalid("report.addressee_length", most=ADDRESSEE_MAX, field="addressee")
    if closing.result is Result.SOLVED and photo_required and not has_photo:
        raise Invalid("report.photo_needed")
