"""What organisations and the author say to each other on the card (§4.4): answers, questions, replies, explanations."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.services.reports.actions.own_place import own_assignment
from edem.services.reports.actions.refusing import check_at_work
from edem.services.reports.actions.stepping import lock, meet_explanation, show_anew
from edem.services.reports.events import ReportAnswered
from edem.services.reports.models import Answer, Report
from edem.services.reports.rules.lifecycle import IN_PUBLIC, State
from edem.services.reports.rules.words import tidied

SPEAKERS: Final = (Role.WORKER, Role.HEAD, Role.EXECUTOR)
EXPLAINERS: Final = (Role.WORKER, Role.EXECUTOR)
"""§4.4: the executor and the responsible worker inform the author within thirty days."""
_OVERSEERS: Final = frozenset({Role.CONTROL.value, Role.MODERATOR.value})
_SAID: Final = frozenset({Answer.Kind.ANSWER, Answer.Kind.QUESTION, Answer.Kind.EXPLANATION})


@transaction.atomic(durable=True)
def answer_report(report_id: int, text: str, *, kind: str, by: Person, now: datetime) -> int:
    """An organisation answers, asks the author or explains why it is not solved yet; everybody reads it."""
    report = lock(report_id)

    if kind not in _SAID:
        raise Invalid("report.unknown_kind")
    organisation_id = _organisation_of(report, by, EXPLAINERS if kind == Answer.Kind.EXPLANATION else SPEAKERS)
    _check_may_say(report, kind)

    answer = write_answer(report, text, kind=kind, organisation_id=organisation_id, by=by, now=now)
    record_staff_act(
        by, "report.answered", community_id=report.community_id, subject=report, now=now, kind=str(answer.kind)
    )
    return answer.pk


@transaction.atomic(durable=True)
def reply_as_author(report_id: int, text: str, *, by: Person, now: datetime) -> int:
    """The author's word to a question, or whenever they have something to add."""
    report = lock(report_id)

    if report.author_id != by.pk:
        raise NotAllowed("report.not_yours")
    _check_may_say(report, Answer.Kind.REPLY)

    return write_answer(report, text, kind=Answer.Kind.REPLY, organisation_id=None, by=by, now=now).pk


def write_answer(
    report: Report, text: str, *, kind: str, organisation_id: int | None, by: Person | None, now: datetime
) -> Answer:
    """Part of every way an answer comes, by page and by mail; the report is locked, and is saved here."""
    answer = Answer.objects.create(
        report=report, organisation_id=organisation_id, author=by, kind=kind, text=tidied(text), at=now
    )
    if kind == Answer.Kind.EXPLANATION:
        meet_explanation(report, now=now)
    report.updated_at = now
    report.save()
    show_anew(report)
    announce(ReportAnswered(report_id=report.pk, answer_id=answer.pk))
    return answer


def _organisation_of(report: Report, by: Person, roles: Collection[Role]) -> int | None:
    """None for the control body and the moderator, who speak for the whole community."""
    try:
        return own_assignment(report, by, *roles).organisation_id
    except NotAllowed:
        if roles_of(by, report.community_id).isdisjoint(_OVERSEERS):
            raise
        return None


def _check_may_say(report: Report, kind: str) -> None:
    """An explanation is about what is still to be done; the rest may be said as long as anybody can read it."""
    if kind == Answer.Kind.EXPLANATION:
        check_at_work(report)
    if State(report.state) not in IN_PUBLIC or State(report.state) is State.REJECTED:
        raise Conflict("report.not_in_public")
