"""When a published petition's text may be taken down: only where a law forbids the words themselves. Pure."""

from datetime import timedelta
from typing import Final

from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.kernel.ukrainian import N_

BY_LAW: Final = frozenset({"hatred", "personal_data", "untrue", "court"})
"""Grounds of moderation for which a published text may go; what is only off the point was for the check before."""
INSTEAD: Final = N_("Текст приховав модератор")
"""Stands where the title stood; the number, the dates and the count stay."""
LONGEST_NOTE: Final = 2_000
KEPT_FOR: Final = timedelta(days=365)
"""The words lie for whoever disputes the decision; then they go, and that there was a text stays."""


def check_may_hide(*, ground: str, is_out: bool, is_hidden: bool) -> None:
    if is_hidden:
        raise Conflict("petition.text_hidden_already")
    if not is_out:
        raise Conflict("petition.text_not_public")
    if ground not in BY_LAW:
        raise Invalid("petition.text_hidden_by_law_only", field="ground")


def check_may_show(*, is_same_person: bool, is_erased: bool, note: str) -> None:
    """Another pair of eyes, and words that everybody reads."""
    if is_erased:
        raise Conflict("petition.text_is_erased")
    if is_same_person:
        raise NotAllowed("petition.text_shown_by_another")
    if not note.strip():
        raise Invalid("petition.text_shown_without_note", field="note")
