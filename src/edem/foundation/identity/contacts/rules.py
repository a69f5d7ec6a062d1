"""How long a code lives, how often it may be tried and sent. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from edem.kernel.errors import Conflict

LIFE: Final = timedelta(minutes=15)
MOST_TRIES: Final = 5
DIGITS: Final = 6
BETWEEN: Final = timedelta(minutes=1)
"""So that two presses of the button are one letter."""
WITHIN: Final = timedelta(days=1)
MOST_OF_PERSON: Final = 10
"""Codes a day; with five tries each, guessing takes half a century."""
MOST_TO_ADDRESS: Final = 5
"""Codes a day to one address, whoever asks: nobody's mailbox is flooded from here."""


class Answer(Enum):
    RIGHT = auto()
    WRONG = auto()
    LAST_WRONG = auto()
    """It was the last try: another code is needed."""


def check_may_ask(of_person: Sequence[datetime], to_address: Sequence[datetime], *, now: datetime) -> None:
    """`of_person` and `to_address` are when codes were asked for before."""
    day_of_person = [at for at in of_person if at > now - WITHIN]
    day_to_address = [at for at in to_address if at > now - WITHIN]
    if any(at > now - BETWEEN for at in day_of_person):
        raise Conflict("identity.contact_code_just_sent")
    if len(day_of_person) >= MOST_OF_PERSON or len(day_to_address) >= MOST_TO_ADDRESS:
        raise Conflict("identity.contact_codes_enough")


def check_may_try(*, expires_at: datetime, tries: int, now: datetime) -> None:
    if now >= expires_at:
        raise Conflict("identity.contact_code_late")
    if tries >= MOST_TRIES:
        raise Conflict("identity.contact_code_spent")


def answer_to(*, is_right: bool, tries: int) -> Answer:
    """`tries` are the wrong ones before this."""
    if is_right:
        return Answer.RIGHT
    return Answer.LAST_WRONG if tries + 1 >= MOST_TRIES else Answer.WRONG
