"""Requests to correct one's data (law 2297-VI, art. 8 and 20): a term of 30 days, two decisions. Pure."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from edem.foundation.identity.evidence import names_somebody
from edem.foundation.identity.purposes import FIELDS
from edem.kernel.deadlines import Term, Unit
from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import N_

TERM: Final = Term(amount=30, unit=Unit.CALENDAR_DAYS, starts="correction_asked")
LONGEST_WORDS: Final = 1_000
LONGEST_REASON: Final = 500


class Decision(StrEnum):
    WAITING = "waiting"
    CORRECTED = "corrected"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


DECISION_WORDS = {
    Decision.WAITING: N_("Розглядають"),
    Decision.CORRECTED: N_("Виправлено"),
    Decision.REFUSED: N_("Відмовлено"),
    Decision.TAKEN_BACK: N_("Ви забрали прохання"),
}


def check_request(fields: Collection[str], words: str) -> None:
    if not fields or not set(fields) <= set(FIELDS):
        raise Invalid("identity.correction_of_nothing", field="fields")
    if not words.strip():
        raise Invalid("identity.correction_without_words", field="words")
    if len(words) > LONGEST_WORDS:
        raise Invalid("identity.correction_too_long", field="words")


def check_reason(reason: str) -> None:
    """It is kept in clear and goes to the log's readers: it says why, and no number of anybody."""
    if not reason.strip():
        raise Invalid("identity.correction_without_reason", field="reason")
    if len(reason) > LONGEST_REASON or names_somebody(reason):
        raise Invalid("identity.correction_reason_personal", field="reason")
