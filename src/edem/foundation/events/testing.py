"""What tests use: the events announced so far, and a worker that runs due jobs at a moment of the test's choice."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, overload

from django.db import connection
from django.db.models import Max, Q
from procrastinate.contrib.django.models import ProcrastinateJob

from edem.foundation.events import running
from edem.foundation.events.announcing import DELIVER, REACT
from edem.foundation.events.facts import from_json

_ROUNDS = 100


class Announced(Sequence[object]):
    """The events announced since it was made, read from the job table: what was rolled back is not there."""

    def __init__(self) -> None:
        self._after = ProcrastinateJob.objects.aggregate(last=Max("pk"))["last"] or 0

    def _all(self) -> list[object]:
        jobs = ProcrastinateJob.objects.filter(pk__gt=self._after, task_name=DELIVER).order_by("pk")
        return [from_json(each["name"], each["facts"]) for job in jobs for each in job.args["events"]]

    @overload
    def __getitem__(self, index: int) -> object: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[object]: ...
    def __getitem__(self, index: int | slice) -> object:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[object]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == (list(other) if isinstance(other, Sequence) else other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._all())


def announced() -> Announced:
    return Announced()


def forget_all_jobs() -> None:
    """After a test that commits: Django empties its own tables, not procrastinate's."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")


def run_jobs(*, now: datetime) -> int:
    """Run what is due by `now`, and what that defers, until nothing is left; say how many jobs ran."""
    for done in range(_ROUNDS):
        job = _next_due(now)
        if job is None:
            return done
        _set_status(job.pk, "doing")
        _run(job, now=now)
        _set_status(job.pk, "succeeded")
    raise AssertionError(f"still busy after {_ROUNDS} jobs: do they defer each other?")


def _next_due(now: datetime) -> Any:
    due = ProcrastinateJob.objects.filter(status="todo").filter(Q(scheduled_at=None) | Q(scheduled_at__lte=now))
    return due.order_by("-priority", "pk").first()


def _run(job: Any, *, now: datetime) -> None:
    if job.task_name == DELIVER:
        running.deliver(job.pk, job.args["events"])
    elif job.task_name == REACT:
        running.react(job.args["reader"], job.args["event"], job.args["facts"], now=now)
    elif job.task_name == running.RUN_SCHEDULED:
        running.run_scheduled(job.args["job"], now=now)
    else:
        raise AssertionError(f"nobody knows the job {job.task_name}")


def _set_status(job_id: int, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job_id])
