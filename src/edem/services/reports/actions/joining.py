"""Reports of one thing become one incident: one of them is worked on, the others follow it step by step."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.foundation.places.queries import working_calendar
from edem.kernel.errors import Missing, NotAllowed
from edem.kernel.lifecycle import CLOCK
from edem.services.reports.actions.drafting import lock_draft
from edem.services.reports.actions.finding_twins import settle_twins
from edem.services.reports.actions.incidents import lock_incidents, lock_led
from edem.services.reports.actions.moving_voices import gather_voices
from edem.services.reports.actions.photographing import add_to_report
from edem.services.reports.actions.stepping import lock, set_alarm, show_anew
from edem.services.reports.actions.voicing import NewVoice, joined
from edem.services.reports.actions.waiting_photos import hold_back
from edem.services.reports.events import ReportsMerged
from edem.services.reports.messages import record_words
from edem.services.reports.models import Incident, Joining, Report, ReportStep
from edem.services.reports.queries.actors import held_now
from edem.services.reports.rules.incidents import MOMENTS, Before
from edem.services.reports.rules.lifecycle import IN_PUBLIC, State
from edem.services.reports.rules.voices import check_may_merge

FOLLOWED = (
    "state",
    "accepted_at",
    "closed_at",
    "archived_at",
    "archives_at",
    "reopened_at",
    "result",
    "result_text",
    "result_addressee",
)
"""What a report takes over from the one it follows."""
ENDS = ("accept_due_at", "explain_due_at")
MERGE, FOLLOW = "merge", "follow"
"""In the history; neither is a step of the table."""


@transaction.atomic(durable=True)
def join_with_draft(draft_id: UUID, voice: NewVoice, *, by: Person, now: datetime) -> None:
    """«Це воно»: a voice instead of a second report; the photos stand beside those that are there."""
    draft = lock_draft(draft_id, by=by)

    outcome = joined([voice])[voice]
    if outcome.refusal is not None and outcome.refusal.code != "report.joined_already":
        raise outcome.refusal

    report = lock_led({voice.report_id})[voice.report_id]
    # They stay with the report they were meant for: should it part from the others again, they go with it.
    shots = list(draft.shots.order_by("position", "pk"))
    add_to_report(voice.report_id, shots, by=by, now=now)
    hold_back(lock(voice.report_id), [each.file_id for each in shots], now=now)
    draft.delete()
    show_anew(report)


@transaction.atomic(durable=True)
def merge_reports(lead_id: int, others: Sequence[int], *, by: Person, now: datetime) -> int:
    """The moderator's word that they are one thing; its clock started at the first voice."""
    asked = {lead_id, *others}
    reports = lock_incidents(asked)
    if not asked <= set(reports) or len({each.community_id for each in reports.values()}) > 1:
        raise Missing("report.missing")
    lead, joining = parts_of(reports, lead_id, asked)

    if Role.MODERATOR not in roles_of(by, lead.community_id):
        raise NotAllowed("report.moderators_merge")
    check_may_merge({each.pk: State(each.state) for each in (lead, *joining)}, lead=lead.pk)

    incident = incident_of(lead, joining)
    lead_ends = own_ends(lead)
    take_over_terms(lead, joining, now=now)
    for each in joining:
        brought = [other for other in reports.values() if other.follows_id == each.pk]
        gather_voices(lead, each, [each.pk, *(other.pk for other in brought)], now=now)
        join(each, lead, incident, lead_ends, brought_by=None, by=by, now=now)
        for other in brought:
            join(other, lead, incident, lead_ends, brought_by=each, by=by, now=now)
    Incident.objects.filter(lead__in=joining).delete()
    settle_twins(sorted(reports), now=now)
    announce(*(ReportsMerged(report_id=each.pk, lead_id=lead.pk, at=now) for each in joining))
    for each in reports.values():
        show_anew(each)
    told = ", ".join(map(str, sorted(asked)))
    record_staff_act(by, "report.merged", community_id=lead.community_id, subject=lead, now=now, reports=told)
    return incident.pk


def parts_of(reports: Mapping[int, Report], lead_id: int, asked: set[int]) -> tuple[Report, list[Report]]:
    """Of each that follows another already, the one that is worked on."""
    leads = {pk: reports[pk].follows_id or pk for pk in asked}
    joining = sorted({lead for lead in leads.values() if lead != leads[lead_id]})
    return reports[leads[lead_id]], [reports[pk] for pk in joining]


def own_ends(lead: Report) -> Mapping[str, datetime | None]:
    """Its terms before any were taken over."""
    first = Joining.objects.filter(lead=lead, undone_at=None).order_by("at", "pk").first()
    return Before.read(first.before).lead_ends if first else {name: getattr(lead, name) for name in ENDS}


def incident_of(lead: Report, joining: Sequence[Report]) -> Incident:
    first = min(each.published_at or each.submitted_at for each in (lead, *joining))
    incident, is_new = Incident.objects.get_or_create(
        lead=lead, defaults={"community_id": lead.community_id, "started_at": first}
    )
    if not is_new and first < incident.started_at:
        incident.started_at = first
        incident.save(update_fields=["started_at"])
    lead.incident = incident
    return incident


def take_over_terms(lead: Report, joining: Sequence[Report], *, now: datetime) -> None:
    """The terms run from the first voice, whichever report it was."""
    for name in ENDS:
        known = [moment for each in (lead, *joining) if (moment := getattr(each, name))]
        setattr(lead, name, min(known, default=None))
    set_alarm(lead, now=now, calendar=working_calendar(now))
    lead.updated_at = now
    lead.save()
    told = ", ".join(f"№ {each.number}" for each in joining)
    note(lead, record_words("gathered", numbers=told), lead.state, MERGE, now=now)


def join(
    report: Report,
    lead: Report,
    incident: Incident,
    lead_ends: Mapping[str, datetime | None],
    *,
    brought_by: Report | None,
    by: Person,
    now: datetime,
) -> None:
    """Nobody is asked twice for one thing: its organisations are done, its clocks are the lead's."""
    holds = held_now(report)
    before = Before(
        state=State(report.state),
        moments={name: getattr(report, name) for name in MOMENTS},
        lead_ends=lead_ends,
        holds=tuple(holds.values_list("pk", flat=True)),
    )
    Joining.objects.create(report=report, lead=lead, brought_by=brought_by, at=now, by=by, before=before.packed())
    holds.update(closed_at=now, alarm_at=None)
    report.incident, report.follows, report.organisation = incident, lead, None
    report.accept_due_at = report.explain_due_at = report.due_at = report.alarm_at = None
    take_over_state(report, lead, step=MERGE, now=now)


def take_over_state(report: Report, lead: Report, *, step: str, now: datetime) -> None:
    source = report.state
    for name in FOLLOWED:
        setattr(report, name, getattr(lead, name))
    report.updated_at = now
    report.save()
    if step == MERGE or source != report.state:
        note(report, record_words("follows", number=lead.number), source, step, now=now)


def note(report: Report, words: str, source: str, step: str, *, now: datetime, actor: str = CLOCK) -> None:
    """The public trace; `source` is the state before."""
    ReportStep.objects.create(
        report=report,
        at=now,
        by=None,
        actor=actor,
        step=step,
        from_state=source,
        to_state=report.state,
        note=words,
        public=State(report.state) in IN_PUBLIC,
    )


def join_again(lead: Report, along: Sequence[Report], *, now: datetime) -> None:
    """Those that followed it before it was put to another one follow it still."""
    if not along:
        return
    incident = incident_of(lead, along)
    lead.save()
    for each in along:
        each.incident, each.follows = incident, lead
        take_over_state(each, lead, step=FOLLOW, now=now)
