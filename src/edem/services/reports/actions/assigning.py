"""Inside an organisation (§4.2–4.5): the head is told, the head appoints, the executor reports."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.kernel.errors import Refused
from edem.services.reports.actions.own_place import own_assignment
from edem.services.reports.actions.refusing import check_at_work
from edem.services.reports.actions.stepping import lock, show_anew
from edem.services.reports.events import ExecutorAppointed, WorkReported
from edem.services.reports.models import Assignment, Report, TaskLink, WorkReport
from edem.services.reports.queries.cases import executor_named
from edem.services.reports.rules.words import NAME_MOST, tidied

APPOINTERS: Final = (Role.HEAD, Role.WORKER)
"""The head appoints; the responsible worker writes down whom (§4.3)."""


@transaction.atomic(durable=True)
def inform_head(report_id: int, *, by: Person, now: datetime) -> None:
    """«Керівника поінформовано»; saying it twice changes nothing."""
    report = lock(report_id)

    held = own_assignment(report, by, Role.WORKER, Role.HEAD)

    if held.head_informed_at is None:
        mark_informed(held, now=now)
        report.updated_at = now
        report.save(update_fields=["updated_at"])
        show_anew(report)
        record_staff_act(by, "report.head_informed", community_id=report.community_id, subject=report, now=now)


@transaction.atomic(durable=True)
def appoint_executor(report_id: int, *, executor_id: UUID | None, name: str, by: Person, now: datetime) -> None:
    """A worker with an account, or somebody by name; whoever appoints has evidently been informed."""
    report = lock(report_id)

    held = own_assignment(report, by, *APPOINTERS)
    check_at_work(report)
    executor = _executor(held, executor_id)
    shown = executor.display_name if executor else tidied(name, field="name", most=NAME_MOST)

    held.executor, held.executor_name, held.reported_at = executor, shown, None
    held.save(update_fields=["executor", "executor_name", "reported_at"])
    if held.head_informed_at is None:
        mark_informed(held, now=now)
    report.updated_at = now
    report.save(update_fields=["updated_at"])
    show_anew(report)
    announce(ExecutorAppointed(report_id=report.pk, assignment_id=held.pk, at=now))
    record_staff_act(
        by,
        "report.executor_appointed",
        community_id=report.community_id,
        subject=report,
        now=now,
        executor=executor.pk if executor else None,
    )


@transaction.atomic(durable=True)
def report_work(report_id: int, text: str, *, by: Person, now: datetime) -> None:
    """The executor says what was done; the state stays until the worker closes (§4.5)."""
    report = lock(report_id)

    held = own_assignment(report, by, Role.EXECUTOR, Role.WORKER)
    check_at_work(report)

    write_work_report(report, held, text, by=by, link=None, name=by.display_name, now=now)
    record_staff_act(by, "report.work_reported", community_id=report.community_id, subject=report, now=now)


def write_work_report(
    report: Report, held: Assignment, text: str, *, by: Person | None, link: TaskLink | None, name: str, now: datetime
) -> WorkReport:
    """Part of both ways to report: with an account and by a link."""
    written = WorkReport.objects.create(assignment=held, by=by, link=link, name=name, text=tidied(text), at=now)
    held.reported_at = now
    held.save(update_fields=["reported_at"])
    report.updated_at = now
    report.save(update_fields=["updated_at"])
    show_anew(report)
    announce(WorkReported(report_id=report.pk, work_report_id=written.pk))
    return written


def mark_informed(held: Assignment, *, now: datetime) -> None:
    held.head_informed_at, held.alarm_at = now, None
    held.save(update_fields=["head_informed_at", "alarm_at"])


def mark_seen(report_id: int, organisation_ids: Iterable[int], *, now: datetime) -> None:
    """Somebody of the organisation has opened the case; only the first time counts."""
    unseen = Assignment.objects.filter(report_id=report_id, organisation_id__in=list(organisation_ids), seen_at=None)
    unseen.filter(returned_at=None, closed_at=None).update(seen_at=now)


def each_of(report_ids: Iterable[int], act: Callable[[int], None]) -> tuple[int, list[tuple[int, Refused]]]:
    """One act on many reports, each in a transaction of its own: what one refuses does not keep the others."""
    done = 0
    refused: list[tuple[int, Refused]] = []
    for report_id in report_ids:
        try:
            act(report_id)
        except Refused as refusal:
            refused.append((report_id, refusal))
        else:
            done += 1
    return done, refused


def _executor(held: Assignment, executor_id: UUID | None) -> Person | None:
    if executor_id is None:
        return None
    return executor_named(held.organisation_id, executor_id)
