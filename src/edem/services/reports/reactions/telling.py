"""Who is written to when something happens to a report."""

from datetime import datetime

from edem.foundation.events.readers import reacts_to
from edem.foundation.people.roles import Role
from edem.services.reports.actions.recategorising import RECATEGORISE
from edem.services.reports.actions.resident_telling import tell_self_help
from edem.services.reports.actions.telling import tell_author, tell_everybody, tell_staff
from edem.services.reports.events import (
    ForwardingRefused,
    ReportAnswered,
    ReportAssigned,
    ReportConfirmed,
    ReportJoined,
    ReportMoved,
    ReportPassed,
    ReportPublished,
    ReportRecategorised,
    ReportResent,
    ReportSent,
    ReportsMerged,
    ReportsParted,
    SelfHelpMoved,
    TermMissed,
    TermNear,
)
from edem.services.reports.queries.people import report_told, responsible_for, staff_with, workers_of
from edem.services.reports.queries.told import answer_told, assignment_told, forwarding_told, step_told
from edem.services.reports.rules.lifecycle import State, Step
from edem.services.reports.rules.terms import CLOCK_LABELS, ClockName

TOLD_TO_EVERYBODY = {
    Step.PUBLISH: "published",
    Step.ACCEPT: "accepted",
    Step.CLOSE: "closed",
    Step.REOPEN: "reopened",
    Step.TAKE_UP_AGAIN: "reopened",
}


@reacts_to(ReportSent)
def ask_moderators(event: ReportSent, now: datetime) -> None:
    report = report_told(event.report_id)
    if report is not None and report.state == State.CHECKING:
        to = staff_with(report, {Role.MODERATOR})
        tell_staff(report, to, "to_check", now=now, occasion="sent")


@reacts_to(ReportPublished)
def tell_who_has_nobody(event: ReportPublished, now: datetime) -> None:
    """The matrix knows nobody for it: the control body says whose it is."""
    report = report_told(event.report_id)
    if report is not None and report.organisation_id is None:
        tell_staff(report, staff_with(report, {Role.CONTROL}), "nobody", now=now, occasion="published")


@reacts_to(ReportMoved)
def tell_moved(event: ReportMoved, now: datetime) -> None:
    occasion = event.at.isoformat()
    if event.step == Step.REJECT:
        tell_author(event.report_id, "rejected", now=now, occasion=occasion)
    elif event.step in TOLD_TO_EVERYBODY:
        tell_everybody(event.report_id, TOLD_TO_EVERYBODY[Step(event.step)], now=now, occasion=occasion)


@reacts_to(ReportAssigned)
def tell_workers(event: ReportAssigned, now: datetime) -> None:
    report, assignment = report_told(event.report_id), assignment_told(event.assignment_id)
    if report is not None and assignment is not None:
        to = workers_of(report, Role.WORKER, organisation_id=assignment.organisation_id)
        tell_staff(report, to, "assigned", now=now, occasion=str(event.assignment_id))


@reacts_to(ReportPassed)
def tell_control_of_refusal(event: ReportPassed, now: datetime) -> None:
    report, given = report_told(event.report_id), assignment_told(event.assignment_id)
    if report is not None and given is not None:
        to = staff_with(report, {Role.CONTROL})
        facts = {"who": given.organisation.name, "reason": given.return_reason}
        passed_to = given.passed_to.name if given.passed_to else ""
        tell_staff(report, to, "passed", now=now, occasion=str(given.pk), passed_to=passed_to, **facts)


@reacts_to(ReportJoined)
def tell_joined(event: ReportJoined, now: datetime) -> None:
    assignment = assignment_told(event.assignment_id)
    if assignment is not None:
        who = assignment.organisation.name
        tell_author(event.report_id, "joined", now=now, occasion=str(assignment.pk), who=who)


@reacts_to(ReportAnswered)
def tell_answered(event: ReportAnswered, now: datetime) -> None:
    """The author's own reply goes to those who asked; everything else to the author and whoever follows."""
    answer, report = answer_told(event.answer_id), report_told(event.report_id)
    if answer is None or report is None or not answer.public:
        return
    occasion = str(answer.pk)
    if answer.kind == "reply":
        to = workers_of(report, Role.WORKER, Role.EXECUTOR)
        tell_staff(report, to, "replied", now=now, occasion=occasion, text=answer.text)
    else:
        who = answer.organisation.name if answer.organisation else ""
        tell_everybody(report.pk, "answered", now=now, occasion=occasion, text=answer.text, who=who, kind=answer.kind)


@reacts_to(ReportConfirmed)
def tell_confirmed(event: ReportConfirmed, now: datetime) -> None:
    """«Ні» is for those who watch: a closing that its author does not believe."""
    report = report_told(event.report_id)
    if report is not None and not event.is_solved:
        to = staff_with(report, {Role.MODERATOR, Role.CONTROL})
        tell_staff(report, to, "not_solved", now=now, occasion=str(report.closed_at))


@reacts_to(TermNear)
def remind(event: TermNear, now: datetime) -> None:
    tell_term(event, "near", now=now, control=False)


@reacts_to(TermMissed)
def warn(event: TermMissed, now: datetime) -> None:
    tell_term(event, "missed", now=now, control=True)


@reacts_to(ReportResent)
def tell_second_time(event: ReportResent, now: datetime) -> None:
    report, assignment = report_told(event.report_id), assignment_told(event.assignment_id)
    if report is not None and assignment is not None:
        to = workers_of(report, Role.WORKER, Role.HEAD, organisation_id=assignment.organisation_id)
        tell_staff(report, to, "resent", now=now, occasion=f"{assignment.pk}:{event.at.isoformat()}")


def tell_term(event: TermNear | TermMissed, template: str, *, now: datetime, control: bool) -> None:
    """To whoever must act; when the term was missed, to the control body too, in whose name the warning is."""
    report, clock = report_told(event.report_id), ClockName(event.clock)
    assignment = assignment_told(event.assignment_id)
    if report is None:
        return
    to = responsible_for(report, clock, organisation_id=assignment.organisation_id if assignment else None)
    watchers = staff_with(report, {Role.CONTROL}) if control else []
    tell_staff(
        report,
        [*to, *watchers],
        template,
        now=now,
        occasion=f"{clock}:{event.assignment_id}:{event.due_at.isoformat()}",
        clock=CLOCK_LABELS[clock],
        due_at=event.due_at,
    )


@reacts_to(ForwardingRefused)
def tell_that_their_system_refused(event: ForwardingRefused, now: datetime) -> None:
    """Whoever answers for it there, and the control body: a machine's «no» stops no clock."""
    report, assignment = report_told(event.report_id), assignment_told(event.assignment_id)
    forwarding = forwarding_told(event.forwarding_id)
    if report is None or assignment is None or forwarding is None:
        return
    to = workers_of(report, Role.WORKER, organisation_id=assignment.organisation_id)
    facts = {"who": assignment.organisation.name, "fault": forwarding.fault}
    occasion = f"{forwarding.pk}:{event.at.isoformat()}"
    tell_staff(report, [*to, *staff_with(report, {Role.CONTROL})], "refused_there", now=now, occasion=occasion, **facts)


@reacts_to(ReportsMerged)
def tell_of_merging(event: ReportsMerged, now: datetime) -> None:
    lead = report_told(event.lead_id)
    if lead is not None:
        facts = {"lead_number": lead.number, "lead_title": lead.title}
        tell_everybody(event.report_id, "merged", now=now, occasion=event.at.isoformat(), **facts)


@reacts_to(ReportsParted)
def tell_of_parting(event: ReportsParted, now: datetime) -> None:
    lead = report_told(event.lead_id)
    if lead is not None:
        tell_everybody(event.report_id, "parted", now=now, occasion=event.at.isoformat(), lead_number=lead.number)


@reacts_to(ReportRecategorised)
def tell_of_another_category(event: ReportRecategorised, now: datetime) -> None:
    """What waits for the moderator is its author's alone."""
    step = step_told(event.report_id, RECATEGORISE, at=event.at)
    if step is not None:
        tell = tell_everybody if step.public else tell_author
        tell(event.report_id, "recategorised", now=now, occasion=event.at.isoformat(), text=step.note)


@reacts_to(SelfHelpMoved)
def tell_of_self_help(event: SelfHelpMoved, now: datetime) -> None:
    tell_self_help(event.report_id, event.what, at=event.at, now=now)
