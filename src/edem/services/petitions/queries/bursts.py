"""Signatures over time, as an officer looks for a burst: finer as the window narrows, and the busiest minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, DateTimeField, DurationField, F, Func, QuerySet, Value
from django.db.models.functions import Trunc

from edem.kernel.deadlines import KYIV
from edem.services.petitions.models import Petition, Signature
from edem.services.petitions.queries.exclusions import Chosen
from edem.services.petitions.queries.signatures import counted_on
from edem.services.petitions.rules.bursts import step_for
from edem.services.petitions.rules.conditions import SECOND

MINUTE: Final = timedelta(minutes=1)
BUSIEST: Final = 5


@dataclass(frozen=True, kw_only=True)
class Burst:
    """A stretch of time and how many signatures it brought; `until` is its last second."""

    since: datetime
    until: datetime
    count: int


@dataclass(frozen=True, kw_only=True)
class Bursts:
    step: timedelta
    bars: Sequence[Burst]
    busiest: Sequence[Burst]
    usual: float
    """Signatures in a minute in which anybody signed, over the whole list."""


def bursts_of(petition: Petition, chosen: QuerySet[Signature], ends: Chosen) -> Bursts | None:
    """Of what the conditions choose; the usual pace is of the whole list, to compare with."""
    if ends.first_at is None or ends.last_at is None:
        return None
    step = step_for(ends.last_at - ends.first_at)
    return Bursts(
        step=step,
        bars=bars_of(chosen, step, since=ends.first_at, until=ends.last_at),
        busiest=busiest_minutes(chosen),
        usual=usual_pace(petition),
    )


def bars_of(chosen: QuerySet[Signature], step: timedelta, *, since: datetime, until: datetime) -> Sequence[Burst]:
    """Every step of the window, the empty ones too; days begin at Kyiv's midnight."""
    midnight = since.astimezone(KYIV).replace(hour=0, minute=0, second=0, microsecond=0)
    begins = Func(
        Value(step, output_field=DurationField()),
        F("signed_at"),
        Value(midnight, output_field=DateTimeField()),
        function="date_bin",
        output_field=DateTimeField(),
    )
    rows = chosen.order_by().annotate(begins=begins).values("begins").annotate(number=Count("mark")).order_by("begins")
    counts: dict[datetime, int] = {row["begins"]: row["number"] for row in rows}
    at, bars = min(counts), []
    while at <= until:
        bars.append(Burst(since=at, until=at + step - SECOND, count=counts.get(at, 0)))
        at += step
    return bars


def busiest_minutes(chosen: QuerySet[Signature]) -> Sequence[Burst]:
    by_minute = chosen.order_by().annotate(minute=Trunc("signed_at", "minute")).values("minute")
    rows = by_minute.annotate(number=Count("mark")).order_by("-number", "minute")[:BUSIEST]
    return [
        Burst(since=row["minute"], until=row["minute"] + MINUTE - SECOND, count=row["number"])
        for row in rows
        if row["minute"] is not None
    ]


def usual_pace(petition: Petition) -> float:
    listed = counted_on(petition).order_by()
    minutes = listed.annotate(minute=Trunc("signed_at", "minute"))
    facts = minutes.aggregate(signatures=Count("mark"), minutes=Count("minute", distinct=True))
    return round(facts["signatures"] / facts["minutes"], 1) if facts["minutes"] else 0.0
