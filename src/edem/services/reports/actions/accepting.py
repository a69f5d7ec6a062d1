"""An organisation takes a report into work; the moderator for neighbours, the control body when it will not."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict
from edem.services.reports.actions.holding import held_by, main_holder
from edem.services.reports.actions.self_help import agree_to_proposed
from edem.services.reports.actions.stepping import check_may, lock, move, show_anew
from edem.services.reports.events import ReportJoined
from edem.services.reports.models import Assignment, Report
from edem.services.reports.queries.actors import organisations_of
from edem.services.reports.queries.circumstances import circumstances_of
from edem.services.reports.rules.lifecycle import State, Step
from edem.services.reports.rules.standing_in import accepting_as


@dataclass(frozen=True, kw_only=True)
class Executor:
    """Who does the work, as the worker names them on acceptance (§4.3)."""

    name: str = ""
    person: Person | None = None


@transaction.atomic(durable=True)
def accept_report(
    report_id: int,
    *,
    by: Person,
    now: datetime,
    executor: Executor | None = None,
    self_organised: bool = False,
    note: str = "",
) -> None:
    """Take it into work. Several organisations may: the first one moves the state, the others are written down."""
    report = lock(report_id)

    own = held_by(report, organisations_of(by, report.community_id, Role.WORKER))
    if State(report.state) in {State.ACCEPTED, State.REOPENED} and own is not None:
        join_work(own, report, executor, now=now)
    else:
        actors = check_may(Step.ACCEPT, report, by=by, note=note)
        actor = accepting_as(actors, circumstances_of(report, self_organised=self_organised))
        if actor == Role.MODERATOR:
            report.self_organised = True
            announce(*agree_to_proposed(report, now=now))
        moved = move(report, Step.ACCEPT, by=by, actor=actor, now=now, note=note)
        bind(own if actor == Role.WORKER else main_holder(report), actor, executor, now=now)
        announce(moved)

    report.updated_at = now
    report.save()
    show_anew(report)
    record_staff_act(by, "report.accepted", community_id=report.community_id, subject=report, now=now)


def join_work(own: Assignment, report: Report, executor: Executor | None, *, now: datetime) -> None:
    """One more organisation works on it, or the same one on what was opened again."""
    if own.accepted_at is not None:
        raise Conflict("report.accepted_already")
    bind(own, Role.WORKER, executor, now=now)
    announce(ReportJoined(report_id=report.pk, assignment_id=own.pk))


def bind(assignment: Assignment | None, actor: str, executor: Executor | None, *, now: datetime) -> None:
    """From now on the organisation answers for the work; neighbours' own work binds nobody."""
    if assignment is None or actor == Role.MODERATOR:
        return
    assignment.accepted_at, assignment.alarm_at = now, None
    if executor is not None:
        assignment.executor = executor.person
        assignment.executor_name = executor.name.strip() or (executor.person.display_name if executor.person else "")
    assignment.save()
