"""A merge is undone: voices, followers, terms and organisations go back to where they came from (decision 0041)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.foundation.places.queries import working_calendar
from edem.kernel.errors import Conflict, Missing, NotAllowed
from edem.kernel.lifecycle import CLOCK
from edem.services.reports.actions.holding import assign
from edem.services.reports.actions.incidents import lock_incidents
from edem.services.reports.actions.joining import ENDS, FOLLOWED, join_again, note
from edem.services.reports.actions.moving_voices import give_back_voices
from edem.services.reports.actions.routing import route
from edem.services.reports.actions.stepping import set_alarm, show_anew
from edem.services.reports.events import ReportAssigned, ReportsParted
from edem.services.reports.messages import record_words
from edem.services.reports.models import Assignment, Forwarding, Incident, Joining, Report
from edem.services.reports.rules.forwarding import Stage
from edem.services.reports.rules.incidents import Before, stood_still
from edem.services.reports.rules.lifecycle import State
from edem.services.reports.rules.passing import check_reason

PART = "part"


@dataclass(frozen=True, kw_only=True)
class Undone:
    before: Before
    lead_ends: Mapping[str, datetime | None]
    """The terms of the one that it followed last, before they were taken over."""
    since: datetime | None
    """When it began to follow."""


@dataclass(frozen=True, kw_only=True)
class Leaving:
    lead: Report
    along: Sequence[Report]
    remaining: Sequence[Report]
    was: Undone


@transaction.atomic(durable=True)
def part_report(report_id: int, *, by: Person, reason: str, now: datetime) -> None:
    """The moderator's word that they are two things after all. Told twice, it is done once."""
    reports = lock_incidents({report_id})
    report = reports.get(report_id)
    if report is None:
        raise Missing("report.missing")

    if Role.MODERATOR not in roles_of(by, report.community_id):
        raise NotAllowed("report.moderators_part")
    check_reason(reason)
    if report.follows_id is None:
        if Joining.objects.filter(report=report, undone_at__isnull=False).exists():
            return
        raise Conflict("report.not_merged")

    lead_id = report.follows_id
    assigned = go_own_way(report, reports, reason=reason.strip(), actor=Role.MODERATOR, now=now)
    announce(ReportsParted(report_id=report.pk, lead_id=lead_id, at=now), *assigned)
    for each in reports.values():
        show_anew(each)
    record_staff_act(by, "report.parted", community_id=report.community_id, subject=report, now=now, reports=lead_id)


@transaction.atomic(durable=True)
def part_from_taken_out(lead_id: int, *, now: datetime) -> None:
    """The one that was worked on is taken out: what followed it was not, and goes its own way. Twice is once."""
    reports = lock_incidents({lead_id})
    lead = reports.get(lead_id)
    if lead is None or State(lead.state) is not State.REJECTED:
        return
    reason = record_words("lead_taken_out")
    for each in list(reports.values()):
        if each.follows_id == lead.pk and brought_by(each, lead) is None:
            assigned = go_own_way(each, reports, reason=reason, actor=CLOCK, now=now)
            announce(ReportsParted(report_id=each.pk, lead_id=lead.pk, at=now), *assigned)
    for each in reports.values():
        show_anew(each)


def go_own_way(
    report: Report, reports: Mapping[int, Report], *, reason: str, actor: str, now: datetime
) -> list[ReportAssigned]:
    """Back to what it was before it was merged. `reports` are the whole incident, locked."""
    leaving = leave(report, reports, now=now)
    source = report.state
    assigned = restore(report, leaving.was, now=now)
    settle(report, leaving, reason=reason, source=source, actor=actor, now=now)
    return assigned


def open_alone(report: Report, reports: Mapping[int, Report], *, reason: str, actor: str, now: datetime) -> None:
    """Part of opening it again, which says what state it has."""
    if report.follows_id is None:
        return
    leaving = leave(report, reports, now=now)
    settle(report, leaving, reason=reason, source=report.state, actor=actor, now=now)


def leave(report: Report, reports: Mapping[int, Report], *, now: datetime) -> Leaving:
    """Whatever came with it goes with it."""
    assert report.follows_id is not None
    lead = reports[report.follows_id]
    led = [each for each in reports.values() if each.follows_id == lead.pk and each.pk != report.pk]
    along = [each for each in led if brought_by(each, lead) == report.pk]
    remaining = [each for each in led if each not in along]

    give_back_voices(lead, report, {report.pk, *(each.pk for each in along)}, [each.pk for each in remaining])
    was = undone(report)
    standing = Joining.objects.filter(undone_at=None)
    standing.filter(report=report).update(undone_at=now)
    standing.filter(report__in=along, lead=lead).update(undone_at=now)
    report.follows = report.incident = None
    Report.objects.filter(pk=report.pk).update(follows=None, incident=None)
    return Leaving(lead=lead, along=along, remaining=remaining, was=was)


def settle(report: Report, leaving: Leaving, *, reason: str, source: str, actor: str, now: datetime) -> None:
    lead = leaving.lead
    note(report, record_words("parted", number=lead.number, reason=reason), source, PART, now=now, actor=actor)
    join_again(report, leaving.along, now=now)
    let_go(lead, leaving.was, leaving.remaining, now=now)
    note(lead, record_words("parted_of", number=report.number, reason=reason), lead.state, PART, now=now, actor=actor)


def brought_by(report: Report, lead: Report) -> int | None:
    found = Joining.objects.filter(report=report, lead=lead, undone_at=None).order_by("-at", "-pk")
    return found.values_list("brought_by_id", flat=True).first()


def undone(report: Report) -> Undone:
    """It leaves whatever it followed; what was merged before such things were written down comes back open."""
    joinings = list(Joining.objects.filter(report=report, undone_at=None).order_by("at", "pk"))
    if not joinings:
        return Undone(before=Before.read({}), lead_ends={}, since=None)
    first, last = joinings[0], joinings[-1]
    return Undone(before=Before.read(first.before), lead_ends=Before.read(last.before).lead_ends, since=first.at)


def restore(report: Report, was: Undone, *, now: datetime) -> list[ReportAssigned]:
    """Its own state again, not what the other's organisation did; its terms stood still meanwhile."""
    calendar = working_calendar(now)
    for name in FOLLOWED:
        setattr(report, name, "" if name.startswith("result") else None)
    report.state, report.confirmed, report.confirmed_at = was.before.state, None, None
    for name, moment in was.before.moments.items():
        setattr(report, name, moment)
    for name in ENDS:
        setattr(report, name, stood_still(getattr(report, name), since=was.since or now, until=now, calendar=calendar))
    report.updated_at = now
    assigned = assign_again(report, was.before.holds, now=now)
    set_alarm(report, now=now, calendar=calendar)
    report.save()
    return assigned


def assign_again(report: Report, holds: tuple[int, ...], *, now: datetime) -> list[ReportAssigned]:
    """To those that held it, with what they had done; when none of them works any more, by the matrix."""
    former = Assignment.objects.filter(pk__in=holds, organisation__closed_at=None).order_by("-is_main", "pk")
    assigned = []
    for each in former:
        assigned.append(assign(report, each.organisation_id, is_main=each.is_main, now=now))
        # What went to the organisation's own server is there: it goes on, and is not sent a second time.
        sent = Forwarding.objects.filter(assignment=each).exclude(stage=Stage.ENDED)
        sent.update(assignment_id=assigned[-1].assignment_id)
        kept = ("head_informed_at", "accepted_at", "executor_id", "executor_name", "reported_at")
        Assignment.objects.filter(pk=assigned[-1].assignment_id).update(**{name: getattr(each, name) for name in kept})
    if report.organisation_id is None and not report.self_organised:
        assigned += route(report, now=now)
    return assigned


def let_go(lead: Report, was: Undone, remaining: Sequence[Report], *, now: datetime) -> None:
    """The lead's terms are its own again, unless they were started anew since they were taken over."""
    others = [undone(each).before for each in remaining]
    for name in ENDS:
        took = was.before.moments.get(name)
        if took is not None and getattr(lead, name) == took:
            ends = (was.lead_ends.get(name), *(each.moments.get(name) for each in others))
            setattr(lead, name, min((end for end in ends if end is not None), default=None))
    set_alarm(lead, now=now, calendar=working_calendar(now))
    settle_incident(lead, remaining)
    lead.updated_at = now
    lead.save()


def settle_incident(lead: Report, remaining: Sequence[Report]) -> None:
    incident = lead.incident
    if incident is None:
        return
    if remaining:
        incident.started_at = min(each.published_at or each.submitted_at for each in (lead, *remaining))
        incident.save(update_fields=["started_at"])
        return
    lead.incident = None
    Report.objects.filter(pk=lead.pk).update(incident=None)
    Incident.objects.filter(pk=incident.pk).delete()
