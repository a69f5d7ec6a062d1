"""A link for a contractor without an account: sealed, limited in time, revocable, for one report."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.people.models import Person
from edem.kernel.errors import Invalid, Missing
from edem.services.reports.actions.assigning import APPOINTERS
from edem.services.reports.actions.own_place import own_assignment
from edem.services.reports.actions.refusing import check_at_work
from edem.services.reports.actions.stepping import lock, show_anew
from edem.services.reports.models import TaskLink
from edem.services.reports.queries.task_links import OpenTask, token_of
from edem.services.reports.rules.words import NAME_MOST, tidied

LEAST_DAYS: Final = 1
MOST_DAYS: Final = 60


@transaction.atomic(durable=True)
def make_link(report_id: int, *, name: str, days: int, by: Person, now: datetime) -> str:
    """The sealed part of the address; whoever gets it is named as the executor."""
    report = lock(report_id)

    held = own_assignment(report, by, *APPOINTERS)
    check_at_work(report)
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise Invalid("report.link_days", least=LEAST_DAYS, most=MOST_DAYS, field="days")

    shown = tidied(name, field="name", most=NAME_MOST)
    link = TaskLink.objects.create(
        assignment=held, name=shown, made_by=by, made_at=now, expires_at=now + timedelta(days=days)
    )
    held.executor, held.executor_name = None, shown
    held.save(update_fields=["executor", "executor_name"])
    show_anew(report)
    record_staff_act(by, "report.link_made", community_id=report.community_id, subject=report, now=now, days=days)
    return token_of(link)


@transaction.atomic(durable=True)
def revoke_link(report_id: int, link_id: UUID, *, by: Person, now: datetime) -> None:
    """From now on its address shows nothing; revoking twice changes nothing."""
    report = lock(report_id)

    held = own_assignment(report, by, *APPOINTERS)
    link = TaskLink.objects.select_for_update(of=("self",)).filter(pk=link_id, assignment=held).order_by("pk").first()
    if link is None:
        raise Missing("report.link_missing")

    if link.revoked_at is None:
        link.revoked_at = now
        link.save(update_fields=["revoked_at"])
        record_staff_act(by, "report.link_revoked", community_id=report.community_id, subject=report, now=now)


def note_opened(task: OpenTask, *, now: datetime) -> None:
    TaskLink.objects.filter(pk=task.link.pk, opened_at=None).update(opened_at=now)
