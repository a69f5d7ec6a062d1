"""The edge between procrastinate and the platform: the only place where jobs read the clock."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import close_old_connections
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from edem.foundation.events import running
from edem.foundation.events.announcing import DELIVER, REACT
from edem.foundation.events.keeping import rescue_stuck_jobs

TICK = "edem.tick"

PATIENT = RetryStrategy(max_attempts=9, exponential_wait=4)
"""4 s, 16 s, … about three days in all: longer than a weekend's outage of a neighbour."""


@app.task(name=DELIVER, retry=PATIENT, pass_context=True)
def deliver(context: JobContext, *, announcement: str, events: list[dict[str, Any]], delivered: bool = False) -> None:
    del announcement, delivered  # for those who read the job table
    assert context.job.id is not None
    connected(running.deliver, context.job.id, events)


@app.task(name=REACT, retry=PATIENT)
def react(*, reader: str, event: str, facts: dict[str, Any]) -> None:
    connected(running.react, reader, event, facts, now=_clock())


@app.task(name=running.RUN_SCHEDULED)
def run_scheduled(*, job: str) -> None:
    connected(running.run_scheduled, job, now=_clock())


@app.periodic(cron="* * * * *")
@app.task(name=TICK, queueing_lock=TICK, priority=100)
def tick(timestamp: int) -> None:
    del timestamp
    connected(rescue_stuck_jobs)
    connected(running.send_out_due_rounds, now=_clock())


def _clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - jobs get `now` from here


def connected(function: Callable[..., object], *args: Any, **kwargs: Any) -> None:
    """A worker's threads live long: connections that broke meanwhile are dropped before and after."""
    close_old_connections()
    try:
        function(*args, **kwargs)
    finally:
        close_old_connections()
