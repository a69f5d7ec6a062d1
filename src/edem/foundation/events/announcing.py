"""Announcing: the job table is the outbox, so an event is heard if and only if its transaction commits."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.types import JSONDict, JSONValue

from edem.foundation.events.facts import is_event, name_of, to_json
from edem.foundation.events.readers import Reader, readers_of

DELIVER = "edem.deliver"
REACT = "edem.react"


def announce(*events: object) -> None:
    """Say what happened, inside the transaction that made it true: one job for all, delivered after the commit."""
    _refuse_outside_transaction()
    for each in events:
        if not is_event(each):
            raise TypeError(f"{type(each).__name__} is not registered with @event")
    if not events:
        return
    told: list[JSONValue] = [{"name": name_of(type(each)), "facts": to_json(each)} for each in events]
    app.configure_task(DELIVER).defer(announcement=str(uuid4()), events=told)
    _schedule_moments(events)


def defer_reaction(reader: Reader, facts: JSONDict, *, at: datetime | None = None) -> None:
    app.configure_task(REACT, schedule_at=at).defer(**_reaction(reader, facts))


def _schedule_moments(events: Iterable[object]) -> None:
    """A hundred terms that end at one moment are one statement, not a hundred."""
    waiting: defaultdict[datetime, list[JSONDict]] = defaultdict(list)
    for fact in events:
        for reader in readers_of(type(fact)):
            moment = getattr(fact, reader.moment) if reader.moment else None
            if moment is not None:
                waiting[moment].append(_reaction(reader, to_json(fact)))
    for moment, jobs in waiting.items():
        app.configure_task(REACT, schedule_at=moment).batch_defer(*jobs)


def _reaction(reader: Reader, facts: JSONDict) -> JSONDict:
    return {"reader": reader.name, "event": name_of(reader.event), "facts": facts}


def _refuse_outside_transaction() -> None:
    # A test case's own transaction does not count: what the test forgets, production would lose.
    if all(getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise RuntimeError("announce() belongs inside the transaction that makes the event true")
