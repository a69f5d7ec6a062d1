"""What a batch of signatures is judged by: its petitions as they stand, read in one question for all of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from edem.foundation.intake.rows import ask_prepared
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.queries.charters import read_version
from edem.services.petitions.rules.lifecycle import State


@dataclass(frozen=True, kw_only=True)
class Ground:
    """All that a petition's signatures are judged by; their number is no part of it, for none is refused for that."""

    community_id: int
    key_version: int
    imported_count: int
    charter: PetitionCharter
    state: State
    required: int
    closes_at: datetime | None


class Grounds(NamedTuple):
    """Of each petition that was found."""

    by_petition: Mapping[int, Ground]
    counts: Mapping[int, int]
    """Signatures that hold, brought-over ones included."""


# Written by hand and kept prepared: the ORM takes longer to put this question than the database to answer it.
_READ: Final = """
SELECT id, signature_count + imported_count,
       community_id, key_version, imported_count, charter_id, state, required, closes_at::text
  FROM petitions_petition
 WHERE id = ANY(%s)
 ORDER BY id
"""
_LOCK: Final = f"{_READ} FOR NO KEY UPDATE"


def grounds_of(petition_ids: Collection[int]) -> Grounds:
    return _grounds(_READ, petition_ids)


def lock_in_order(petition_ids: Collection[int]) -> Grounds:
    """Each batch locks its petitions once and in order of id, so two batches never wait for each other in a ring."""
    return _grounds(_LOCK, petition_ids)


def _grounds(question: str, petition_ids: Collection[int]) -> Grounds:
    by_petition, counts = {}, {}
    for petition_id, count, *facts in ask_prepared(question, [list(petition_ids)]):
        by_petition[petition_id] = _ground(*facts)
        counts[petition_id] = count
    return Grounds(by_petition, counts)


@lru_cache(maxsize=2_048)
def _ground(
    community_id: int,
    key_version: int,
    imported_count: int,
    charter_id: int,
    state: str,
    required: int,
    closes_at: str | None,
) -> Ground:
    """Made from nothing but what was read; a petition that has not changed is found, not made and compared anew."""
    return Ground(
        community_id=community_id,
        key_version=key_version,
        imported_count=imported_count,
        charter=read_version(charter_id),
        state=State(state),
        required=required,
        closes_at=datetime.fromisoformat(closes_at) if closes_at else None,
    )
