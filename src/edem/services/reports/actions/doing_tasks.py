"""An executor sends photos of the work and says that it is done: with an account, or by a contractor's link."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict
from edem.services.reports.actions.after_photos import Upload, add_after_photos
from edem.services.reports.actions.assigning import write_work_report
from edem.services.reports.actions.own_place import own_assignment
from edem.services.reports.actions.refusing import check_at_work
from edem.services.reports.actions.stepping import lock, show_anew
from edem.services.reports.models import Assignment, Report, TaskLink, TaskSending
from edem.services.reports.queries.task_links import open_task


@transaction.atomic(durable=True)
def send_task(
    report_id: int, *, text: str, photos: Sequence[Upload], by: Person, now: datetime, sending: UUID | None = None
) -> None:
    """Photos alone may come one by one; words say that it is done (§4.5)."""
    report = lock(report_id)

    held = own_assignment(report, by, Role.EXECUTOR, Role.WORKER)
    if _came_before(sending, held):
        return
    check_at_work(report)

    _take(report, held, text=text, photos=photos, by=by, link=None, name=by.display_name, now=now)
    _remember(sending, held, now=now)
    record_staff_act(
        by,
        "report.work_reported" if text else "report.photos_added",
        community_id=report.community_id,
        subject=report,
        now=now,
        count=len(photos),
    )


@transaction.atomic(durable=True)
def send_task_by_link(
    token: str,
    *,
    text: str,
    photos: Sequence[Upload],
    community_id: int,
    now: datetime,
    sending: UUID | None = None,
) -> None:
    """The link is asked again under the report's lock: it may have been revoked a moment ago."""
    report = lock(open_task(token, community_id=community_id, now=now).report.pk)
    task = open_task(token, community_id=community_id, now=now)

    if _came_before(sending, task.held):
        return
    check_at_work(report)

    _take(report, task.held, text=text, photos=photos, by=None, link=task.link, name=task.link.name, now=now)
    _remember(sending, task.held, now=now)


def _take(
    report: Report,
    held: Assignment,
    *,
    text: str,
    photos: Sequence[Upload],
    by: Person | None,
    link: TaskLink | None,
    name: str,
    now: datetime,
) -> None:
    if not text.strip() and not photos:
        raise Conflict("report.nothing_to_send")
    add_after_photos(report, photos, by=by, now=now)
    if text.strip():
        write_work_report(report, held, text, by=by, link=link, name=name, now=now)
    else:
        report.updated_at = now
        report.save(update_fields=["updated_at"])
        show_anew(report)


def _came_before(sending: UUID | None, held: Assignment) -> bool:
    return sending is not None and TaskSending.objects.filter(pk=sending, assignment=held).exists()


def _remember(sending: UUID | None, held: Assignment, *, now: datetime) -> None:
    if sending is not None:
        TaskSending.objects.create(pk=sending, assignment=held, at=now)
