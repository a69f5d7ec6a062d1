"""Letters to mailboxes of organisations and of the control body (§3.4): everything and a link."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from edem.foundation.communities.models import Organisation
from edem.foundation.notices.actions import Mail, send_notices, send_official_letter
from edem.foundation.notices.facts import Fact
from edem.foundation.people.roles import Role
from edem.services.reports.actions.telling import STAFF
from edem.services.reports.models import Answer, Assignment, LostLetter, Report, WorkReport
from edem.services.reports.queries.boxes import (
    assignment_in,
    body_with_box,
    control_boxes,
    everything_about,
    substitute_of,
)
from edem.services.reports.queries.mails import facts_of
from edem.services.reports.queries.people import staff_with, workers_of
from edem.services.reports.queries.told import answer_told, assignment_told
from edem.services.reports.rules.terms import CLOCK_LABELS, ClockName

OFFICIAL: Final = "reports.official"
_SEPARATOR: Final = ":"


def write_to_organisation(assignment: Assignment, template: str, *, occasion: str, now: datetime, **more: Fact) -> None:
    """An organisation without a mailbox has its cabinet."""
    report = assignment.report
    mail = official(report, assignment, template, occasion=occasion, more={"who": assignment.organisation.name, **more})
    send_official_letter(assignment.organisation.email, mail, community=report.community, now=now)


def write_to_control(assignment: Assignment, template: str, *, occasion: str, now: datetime, **more: Fact) -> None:
    """To its mailbox; where it has none, to the people who hold the role."""
    report = assignment.report
    mail = official(report, assignment, template, occasion=occasion, more={"who": assignment.organisation.name, **more})
    boxes = control_boxes(report.community_id)
    for body in boxes:
        send_official_letter(body.email, mail, community=report.community, now=now)
    if not boxes:
        send_notices(staff_with(report, {Role.CONTROL}), _for_people(mail), community=report.community, now=now)


def tell_of_assignment(assignment_id: int, *, now: datetime) -> None:
    assignment = assignment_told(assignment_id)
    if assignment is None:
        return
    write_to_organisation(assignment, "assigned", occasion="", now=now)
    if assignment.is_main:
        write_to_control(assignment, "control", occasion="", now=now)


def tell_again(assignment_id: int, *, at: datetime, now: datetime) -> None:
    assignment = assignment_told(assignment_id)
    if assignment is not None:
        write_to_organisation(assignment, "resent", occasion=at.isoformat(), now=now)


def tell_author_replied(answer_id: int, *, now: datetime) -> None:
    """The author's word goes to the mailbox of whoever holds the report; the main one only."""
    answer = answer_told(answer_id)
    if answer is None or answer.kind != Answer.Kind.REPLY:
        return
    held = Assignment.objects.filter(report_id=answer.report_id, is_main=True, returned_at=None, closed_at=None)
    holder = held.select_related("organisation", "report__community", "report__organisation").order_by("pk").first()
    if holder is not None:
        write_to_organisation(holder, "replied", occasion=str(answer.pk), now=now, said=answer.text)


def tell_of_silence(report_id: int, assignment_id: int, *, clock: str, missed_at: datetime, now: datetime) -> None:
    """A term was missed: the control body learns who stands in for the one that holds it."""
    held = Assignment.objects.filter(report_id=report_id, returned_at=None, closed_at=None)
    own = held.filter(pk=assignment_id) if assignment_id else held.filter(is_main=True)
    assignment = own.select_related("organisation", "report__community", "report__organisation").order_by("pk").first()
    if assignment is None:
        return
    substitute = substitute_of(assignment)
    if substitute or control_boxes(assignment.report.community_id):
        occasion = f"{clock}{_SEPARATOR}{missed_at.isoformat()}"
        said: dict[str, Fact] = {
            "clock": CLOCK_LABELS[ClockName(clock)],
            "missed_at": missed_at,
            "substitute": substitute,
        }
        write_to_control(assignment, "silent", occasion=occasion, now=now, **said)


@transaction.atomic(durable=True)
def note_lost_letter(
    notice_id: UUID, *, once: str, address: str, status: str, community_id: int, now: datetime
) -> None:
    """A dead mailbox is written down on the case, and raised once a day however many letters it swallows."""
    assignment = assignment_in(community_id, assignment_named(once))
    if assignment is None or LostLetter.objects.filter(notice_id=notice_id).exists():
        return
    body = body_with_box(community_id, address)

    LostLetter.objects.create(assignment=assignment, notice_id=notice_id, status=status[:20], at=now)
    _raise_lost(assignment, body, address=address, now=now)


def _raise_lost(assignment: Assignment, body: Organisation | None, *, address: str, now: datetime) -> None:
    report = assignment.report
    is_own = body is not None and body.pk == assignment.organisation_id
    mail = Mail(
        topic=STAFF,
        template="reports/mail/organisation/lost.html",
        path=f"/reports/{report.pk}/case/",
        once=f"reports.lost:{body.pk if body else address}:{now:%Y-%m-%d}",
        facts=facts_of(report)
        | {
            "who": body.name if body else "",
            "box": address,
            "substitute": substitute_of(assignment) if is_own else "",
        },
    )
    heads = workers_of(report, Role.WORKER, Role.HEAD, organisation_id=body.pk) if body else []
    send_notices([*staff_with(report, {Role.CONTROL}), *heads], mail, community=report.community, now=now)


def tell_executor(assignment_id: int, *, at: datetime, now: datetime) -> None:
    assignment = assignment_told(assignment_id)
    if assignment is None or assignment.executor_id is None:
        return
    report = assignment.report
    mail = Mail(
        topic=STAFF,
        template="reports/mail/organisation/task.html",
        path=f"/reports/{report.pk}/task/",
        once=f"reports.task:{report.pk}:{assignment.pk}:{at.isoformat()}",
        facts=facts_of(report) | {"who": assignment.organisation.name},
    )
    send_notices([assignment.executor_id], mail, community=report.community, now=now)


def tell_work_done(work_report_id: int, *, now: datetime) -> None:
    """§4.5: to the head, the responsible worker and the control body."""
    found = WorkReport.objects.select_related("assignment__organisation", "assignment__report__community")
    done = found.filter(pk=work_report_id).order_by("pk").first()
    if done is None:
        return
    report, organisation = done.assignment.report, done.assignment.organisation
    mail = Mail(
        topic=STAFF,
        template="reports/mail/organisation/done.html",
        path=f"/reports/{report.pk}/job/",
        once=f"reports.done:{report.pk}:{done.pk}",
        facts=facts_of(report) | {"who": organisation.name, "name": done.name, "said": done.text},
    )
    own = workers_of(report, Role.WORKER, Role.HEAD, organisation_id=organisation.pk)
    send_notices([each for each in own if each != done.by_id], mail, community=report.community, now=now)
    write_to_control(done.assignment, "done", occasion=str(done.pk), now=now, name=done.name, said=done.text)


def official(report: Report, assignment: Assignment, template: str, *, occasion: str, more: dict[str, Fact]) -> Mail:
    """Its occasion names the report and the hold: an answer to the letter finds its way by it."""
    named = [f"reports.{template}", str(report.pk), str(assignment.pk), *([occasion] if occasion else [])]
    return Mail(
        topic=OFFICIAL,
        template=f"reports/mail/organisation/{template}.html",
        path=f"/reports/{report.pk}/",
        once=_SEPARATOR.join(named),
        facts=everything_about(report) | more,
    )


def assignment_named(once: str) -> int:
    """Nought when the occasion names none."""
    parts = once.split(_SEPARATOR)
    return int(parts[2]) if len(parts) > 2 and parts[2].isdecimal() else 0  # noqa: PLR2004 - kind, report, hold


def _for_people(mail: Mail) -> Mail:
    return Mail(topic=STAFF, template=mail.template, path=mail.path, once=mail.once, facts=mail.facts)
