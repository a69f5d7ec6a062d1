"""The list of signers as it leaves the platform: numbered lines, volumes that can be bound, one checksum. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from edem.kernel.ukrainian import N_
from edem.services.petitions.rules.exports import VOLUME

HEADINGS: Final = (N_("№"), N_("Ім’я"), N_("Дата"))
CHANNEL_HEADING: Final = N_("Звідки")


@dataclass(frozen=True, kw_only=True, slots=True)
class Signer:
    """One line: nothing by which a person could be told from a namesake."""

    number: int
    name: str
    on: date
    channel: str


def headings(*, with_channel: bool) -> Sequence[str]:
    return (*HEADINGS, CHANNEL_HEADING) if with_channel else HEADINGS


def cells(signer: Signer, *, with_channel: bool) -> tuple[str, ...]:
    line = (str(signer.number), signer.name, f"{signer.on:%d.%m.%Y}")
    return (*line, signer.channel) if with_channel else line


def digest_of(signers: Sequence[Signer], *, with_channel: bool) -> str:
    """SHA-256 of the lines, cells apart by a tab: anyone with the list can compute it again."""
    told = sha256()
    for each in signers:
        told.update(("\t".join(cells(each, with_channel=with_channel)) + "\n").encode())
    return told.hexdigest()


def volumes(signers: Sequence[Signer], *, size: int = VOLUME) -> Iterator[Sequence[Signer]]:
    """At least one, be it empty."""
    for start in range(0, max(1, len(signers)), size):
        yield signers[start : start + size]
