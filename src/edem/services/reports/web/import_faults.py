"""What is wrong with a foreign file, told by kind: a hundred lines with one fault are one thing to mend."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from edem.services.reports.rules.importing.sheets import Fault
from edem.ui.refusals import sentence_of

LINES_NAMED: Final = 8


@dataclass(frozen=True, kw_only=True)
class FaultKind:
    words: str
    """Of the first such line, with what stands there."""
    count: int
    lines: str
    is_more: bool


def kinds_of(faults: Iterable[Fault]) -> Sequence[FaultKind]:
    """The commonest first."""
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        found.setdefault(fault.refusal.code, []).append(fault)
    return [
        FaultKind(
            words=sentence_of(same[0].refusal),
            count=len(same),
            lines=", ".join(str(each.line) for each in same[:LINES_NAMED]),
            is_more=len(same) > LINES_NAMED,
        )
        for same in sorted(found.values(), key=lambda same: (-len(same), same[0].line))
    ]
