"""What intake counts: acts by what became of them, and how many went into one commit."""

from collections import Counter
from collections.abc import Iterable
from typing import Final, Protocol

from edem.foundation.intake.failures import Failure
from edem.kernel.errors import Refused
from edem.kernel.figures import SIZES, Count, Spread

ACTS: Final = Count("edem_acts", "Mass acts, by what became of them.", labels=("act", "way", "outcome"))
BATCHES: Final = Spread("edem_act_batch", "Acts in one commit.", bounds=SIZES, labels=("act",))


class Told(Protocol):
    @property
    def refusal(self) -> Refused | None: ...


def count_batch(act: str, verdicts: Iterable[Told | Failure]) -> None:
    words = Counter(map(_word, verdicts))
    BATCHES.add(words.total(), act)
    for word, many in words.items():
        ACTS.add(act, "intake", word, by=many)


def count_form(act: str, refusal: Refused | None) -> None:
    """The same act through a plain form or the API."""
    ACTS.add(act, "form", refusal.code if refusal else "taken")


def _word(verdict: Told | Failure) -> str:
    if isinstance(verdict, Failure):
        return verdict.value
    return verdict.refusal.code if verdict.refusal else "taken"
