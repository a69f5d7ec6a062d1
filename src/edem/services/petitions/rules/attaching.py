"""Files of a petition: how many the charter allows, and while they may be changed."""

from collections.abc import Sequence
from typing import Final

from edem.kernel.errors import Conflict, Invalid
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.text import tidy_line

TITLE_MAX: Final = 200
EDITABLE: Final = frozenset({State.DRAFT, State.RETURNED})
"""Before the moderator reads it: afterwards the text and its files stand still."""


def check_may_change_files(state: State) -> None:
    if state not in EDITABLE:
        raise Conflict("petition.published_already_files")


def check_may_add(charter: PetitionCharter, *, already: int) -> None:
    if charter.attachments_most == 0:
        raise Conflict("petition.no_attachments")
    if already >= charter.attachments_most:
        raise Conflict("petition.too_many_attachments", most=charter.attachments_most)


def words_of_file(title: str) -> str:
    tidy = tidy_line(title)
    if not 1 <= len(tidy) <= TITLE_MAX:
        raise Invalid("petition.attachment_words", most=TITLE_MAX)
    return tidy


def moved_up(places: Sequence[int], one: int) -> list[int]:
    """The same things in order, this one changed places with the one before it."""
    order = list(places)
    at = order.index(one)
    if at > 0:
        order[at - 1], order[at] = order[at], order[at - 1]
    return order
