"""«Це не наше»: with a reason and, where it is known, whose it is. The public chain shows who held it and how long."""

from datetime import datetime

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.models import Organisation
from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.services.reports.actions.holding import assign, held_by, main_holder
from edem.services.reports.actions.stepping import check_leads, lock, show_anew
from edem.services.reports.events import ReportAssigned, ReportPassed
from edem.services.reports.models import Assignment, Report
from edem.services.reports.queries.actors import held_now, organisations_of
from edem.services.reports.rules.lifecycle import AT_WORK, State
from edem.services.reports.rules.passing import check_reason

MAY_REDIRECT = frozenset({Role.CONTROL.value, Role.MODERATOR.value})


@transaction.atomic(durable=True)
def refuse_report(report_id: int, *, by: Person, reason: str, passed_to: int | None, now: datetime) -> None:
    """A worker gives it back: to another organisation, or to the control body to find whose it is."""
    report = lock(report_id)

    own = held_by(report, organisations_of(by, report.community_id, Role.WORKER))
    if own is None:
        raise NotAllowed("report.not_held_by_you")
    check_at_work(report)
    check_reason(reason)
    taker = organisation_of(report, passed_to) if passed_to else None
    if taker is not None:
        check_never_returned(report, taker, giver_id=own.organisation_id)

    give_back(own, report, reason=reason, taker=taker, now=now)
    assigned = hand_to(report, taker, is_main=own.is_main, now=now)
    report.save()
    announce(ReportPassed(report_id=report.pk, assignment_id=own.pk), *assigned)
    show_anew(report)
    record_staff_act(
        by,
        "report.refused",
        community_id=report.community_id,
        subject=report,
        now=now,
        passed_to=taker.pk if taker else None,
    )


@transaction.atomic(durable=True)
def redirect_report(report_id: int, *, organisation_id: int, by: Person, reason: str, now: datetime) -> None:
    """The control body or a moderator says whose it is."""
    report = lock(report_id)

    if roles_of(by, report.community_id).isdisjoint(MAY_REDIRECT):
        raise NotAllowed("report.not_yours_to_redirect")
    check_at_work(report)
    check_reason(reason)
    taker = organisation_of(report, organisation_id)
    holder = main_holder(report)
    if holder is not None and holder.organisation_id == taker.pk:
        raise Conflict("report.held_already")

    passed = []
    if holder is not None:
        give_back(holder, report, reason=reason, taker=taker, now=now)
        passed = [ReportPassed(report_id=report.pk, assignment_id=holder.pk)]
    assigned = hand_to(report, taker, is_main=True, now=now)
    report.save()
    announce(*passed, *assigned)
    show_anew(report)
    record_staff_act(
        by, "report.redirected", community_id=report.community_id, subject=report, now=now, passed_to=taker.pk
    )


def check_at_work(report: Report) -> None:
    if State(report.state) not in AT_WORK:
        raise Conflict("report.not_at_work")
    check_leads(report)


def organisation_of(report: Report, organisation_id: int) -> Organisation:
    found = Organisation.objects.filter(community_id=report.community_id, pk=organisation_id, closed_at=None)
    taker = found.order_by("pk").first()
    if taker is None:
        raise Missing("report.no_such_organisation")
    return taker


def check_never_returned(report: Report, taker: Organisation, *, giver_id: int) -> None:
    """Two organisations do not throw it to and fro: the second time the control body decides."""
    if taker.pk == giver_id:
        raise Invalid("report.passed_to_itself", field="passed_to")
    if Assignment.objects.filter(report=report, organisation=taker, returned_at__isnull=False).exists():
        raise Conflict("report.returned_before", organisation=taker.name)


def give_back(own: Assignment, report: Report, *, reason: str, taker: Organisation | None, now: datetime) -> None:
    own.returned_at, own.return_reason, own.passed_to, own.alarm_at = now, reason.strip(), taker, None
    own.save()
    if own.is_main:
        report.organisation = None
    report.updated_at = now


def hand_to(report: Report, taker: Organisation | None, *, is_main: bool, now: datetime) -> list[ReportAssigned]:
    if taker is None:
        return []
    helper = held_now(report).filter(organisation=taker).first()
    if helper is None:
        return [assign(report, taker.pk, is_main=is_main, now=now)]
    helper.is_main = helper.is_main or is_main
    helper.save(update_fields=["is_main"])
    if helper.is_main:
        report.organisation = taker
    return [ReportAssigned(report_id=report.pk, assignment_id=helper.pk)]
