"""What the jobs do. Each function takes `now`; the worker and the tests give it."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from edem.foundation.events.announcing import defer_reaction
from edem.foundation.events.facts import from_json, known_events
from edem.foundation.events.models import RefusalCount, Round
from edem.foundation.events.readers import call, reader_named, readers_of, scheduled_jobs, scheduled_named
from edem.kernel.deadlines import KYIV
from edem.kernel.errors import Refused

RUN_SCHEDULED = "edem.run_scheduled"

logger = logging.getLogger(__name__)


@transaction.atomic
def deliver(job_id: int, events: list[dict[str, Any]]) -> None:
    """Give every reader a job of its own, once, even if this job is run again after a crash."""
    if not _first_delivery(job_id):
        return
    for each in events:
        for reader in readers_of(known_events()[each["name"]]):
            if reader.moment is None:
                defer_reaction(reader, each["facts"])


def react(reader_name: str, event: str, facts: dict[str, Any], *, now: datetime) -> None:
    reader = reader_named(reader_name)
    fact = from_json(event, facts)
    _refusals_counted(reader_name, lambda: call(reader, fact, now=now), now=now)


def run_scheduled(name: str, *, now: datetime) -> None:
    job = scheduled_named(name)
    _refusals_counted(name, lambda: job.run(now), now=now)


def send_out_due_rounds(*, now: datetime) -> None:
    """Defer every scheduled job whose time has come since its last round; two workers send out one."""
    for job in scheduled_jobs():
        with transaction.atomic():
            if _take_round(job.name, job.rhythm.latest_due(now)):
                _defer_round(job.name)


def _first_delivery(job_id: int) -> bool:
    """Mark the job's own row in the transaction that defers its readers: both happen or neither."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET args = args || '{\"delivered\": true}'"
            " WHERE id = %s AND NOT args @> '{\"delivered\": true}'",
            [job_id],
        )
        return bool(cursor.rowcount)


def _take_round(job: str, due_at: datetime) -> bool:
    _, is_first = Round.objects.get_or_create(job=job, defaults={"due_at": due_at})
    return is_first or bool(Round.objects.filter(job=job, due_at__lt=due_at).update(due_at=due_at))


def _defer_round(job: str) -> None:
    try:
        with transaction.atomic():
            # `lock`: rounds never overlap; `queueing_lock`: at most one waits.
            app.configure_task(RUN_SCHEDULED, lock=job, queueing_lock=job).defer(job=job)
    except AlreadyEnqueued:
        logger.info("the last round of %s still waits", job)


def _refusals_counted(job: str, run: Callable[[], object], *, now: datetime) -> None:
    """A refusal is normal life (the petition was withdrawn meanwhile): counted, never retried."""
    try:
        run()
    except Refused as refused:
        day = now.astimezone(KYIV).date()
        row, _ = RefusalCount.objects.get_or_create(job=job, code=refused.code, day=day)
        RefusalCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
        logger.info("%s was refused: %s", job, refused.code)
