"""A closed report is opened again in twenty days by author or moderator (§4.7), an archived one by the table (§3.2)."""

from datetime import datetime

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.foundation.places.queries import working_calendar
from edem.kernel.errors import Conflict, Missing
from edem.kernel.lifecycle import AUTHOR
from edem.services.reports.actions.archiving import archive_if_due
from edem.services.reports.actions.holding import assign
from edem.services.reports.actions.incidents import lock_incidents
from edem.services.reports.actions.parting import open_alone
from edem.services.reports.actions.routing import route
from edem.services.reports.actions.stepping import capacity, check_may, move, show_anew
from edem.services.reports.events import ReportAssigned
from edem.services.reports.models import Assignment, Report
from edem.services.reports.queries.charters import charter_of
from edem.services.reports.rules.lifecycle import State, Step
from edem.services.reports.rules.passing import check_reason
from edem.services.reports.rules.terms import reopens_until


@transaction.atomic(durable=True)
def reopen_report(report_id: int, *, by: Person, reason: str, now: datetime) -> None:
    """Say that it is not solved: a closed one is open again; the author takes an archived one straight back to work."""
    reports = lock_incidents({report_id})
    report = reports.get(report_id)
    if report is None:
        raise Missing("report.missing")
    archived = archive_if_due(report, now=now)  # the sweep may come a minute later than the term

    step = step_back(report, by)
    actors = check_may(step, report, by=by, note=reason)
    check_reason(reason)
    if step is Step.TAKE_UP_AGAIN:
        check_in_time(report, now=now)

    open_alone(report, reports, reason=reason.strip(), actor=capacity(actors), now=now)
    moved = move(report, step, by=by, actor=capacity(actors), now=now, note=reason.strip())
    assigned = give_again(report, now=now)
    report.save()
    announce(*([archived] if archived else []), moved, *assigned)
    show_anew(report)
    if AUTHOR not in actors:
        record_staff_act(by, "report.reopened", community_id=report.community_id, subject=report, now=now)


def step_back(report: Report, by: Person) -> Step:
    from_archive = State(report.state) is State.ARCHIVED
    return Step.TAKE_UP_AGAIN if from_archive and report.author_id == by.pk else Step.REOPEN


def check_in_time(report: Report, *, now: datetime) -> None:
    assert report.archived_at is not None
    until = reopens_until(charter_of(report), report.archived_at, working_calendar(now))
    if now >= until:
        raise Conflict("report.too_late_to_reopen", until=until)


def give_again(report: Report, *, now: datetime) -> list[ReportAssigned]:
    """To whoever held it last, if they still work; otherwise by the matrix."""
    past = Assignment.objects.filter(report=report, is_main=True, closed_at__isnull=False)
    last = past.select_related("organisation").order_by("-closed_at", "-pk").first()
    if last is not None and last.organisation.closed_at is None:
        return [assign(report, last.organisation_id, is_main=True, now=now)]
    report.organisation = None
    return list(route(report, now=now))
