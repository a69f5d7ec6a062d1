"""Exports: who may ask for which, how large a list is made at once, how long files are kept."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from typing import Final

from edem.foundation.people.roles import Role
from edem.kernel.errors import NotAllowed
from edem.kernel.lifecycle import AUTHOR
from edem.kernel.ukrainian import N_


class ExportKind(StrEnum):
    SIGNERS_PDF = "signers_pdf"
    SIGNERS_XLSX = "signers_xlsx"
    COUNCIL = "council"
    KEP = "kep"


class ExportState(StrEnum):
    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    REMOVED = "removed"


EXPORT_LABELS: Final = {
    ExportKind.SIGNERS_PDF: N_("Список підписантів, PDF"),
    ExportKind.SIGNERS_XLSX: N_("Список підписантів, XLSX"),
    ExportKind.COUNCIL: N_("Усе для ради, ZIP"),
    ExportKind.KEP: N_("Підписи КЕП для перевірки, ZIP"),
}

STAFF: Final = frozenset({Role.OFFICER.value, Role.MAYOR.value, Role.MODERATOR.value})
FOR_AUTHOR: Final = frozenset({ExportKind.SIGNERS_PDF, ExportKind.SIGNERS_XLSX, ExportKind.KEP})

AT_ONCE: Final = 1_000
"""A list this short is made while the reader waits; a longer one by a job."""
VOLUME: Final = 5_000
"""Signers in one volume of paper: some 120 pages, below the 250 sheets that a bound file may have."""
KEPT_FOR: Final = timedelta(days=7)


def may_ask(kind: ExportKind, actors: Collection[str], *, at_desk: bool) -> bool:
    """The list is public by law (Art. 23-1), so its author has it too; of files by КЕП those given (decision 0017)."""
    return not STAFF.isdisjoint(actors) if at_desk else AUTHOR in actors and kind in FOR_AUTHOR


def check_may_ask(kind: ExportKind, actors: Collection[str], *, at_desk: bool) -> None:
    if not may_ask(kind, actors, at_desk=at_desk):
        raise NotAllowed("export.not_yours")
