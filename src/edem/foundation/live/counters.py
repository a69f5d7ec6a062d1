"""Counters that pages watch: signatures of a petition, ballots of a round. Filled from the manifests."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Payload = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What pages show of one subject, and whose it is: only that community's addresses tell it."""

    community_id: int
    payload: Payload


Read = Callable[[Sequence[int], datetime | None], Mapping[int, Shown]]


@dataclass(frozen=True, kw_only=True)
class LiveCounter:
    """`read(ids, since)` gives what pages show of those that moved since then; of all of them when it is None.

    A payload is JSON and holds nothing that a visitor may not see; an id without a payload is not public.
    """

    name: str
    read: Read


_COUNTERS: dict[str, LiveCounter] = {}


def register(counter: LiveCounter) -> None:
    known = _COUNTERS.setdefault(counter.name, counter)
    if known != counter:
        raise ValueError(f"Two live counters are called {counter.name!r}")


def counter_named(name: str) -> LiveCounter | None:
    return _COUNTERS.get(name)
