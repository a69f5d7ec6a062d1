"""Neighbours cannot after all, or say «done» too early: the problem goes back to whose it is, or to them."""

from datetime import datetime

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.kernel.errors import NotAllowed
from edem.kernel.lifecycle import AUTHOR
from edem.services.reports.actions.joining import note
from edem.services.reports.actions.routing import route
from edem.services.reports.actions.self_help import needed, standing_of
from edem.services.reports.actions.stepping import lock, show_anew
from edem.services.reports.events import SelfHelpMoved
from edem.services.reports.messages import record_words
from edem.services.reports.queries.actors import holding
from edem.services.reports.rules.lifecycle import State
from edem.services.reports.rules.self_help import check_may_return, check_may_stop, check_told


@transaction.atomic(durable=True)
def stop_self_help(report_id: int, *, reason: str, by: Person, now: datetime) -> None:
    """It is the organisations' again: of whoever holds it, else of whom the matrix names."""
    report = lock(report_id)
    taken = needed(report)

    moderates = Role.MODERATOR in roles_of(by, report.community_id)
    leads = taken.leader_id == by.pk
    check_may_stop(State(report.state), standing_of(taken), leads=leads, moderates=moderates)
    check_told(reason, field="note")

    taken.stopped_at, taken.stop_reason = now, reason.strip()
    taken.save(update_fields=["stopped_at", "stop_reason"])
    report.self_organised, report.updated_at = False, now
    assigned = [] if holding(report) else route(report, now=now)
    report.save()
    words = record_words("self_help_stopped", reason=reason.strip())
    note(report, words, report.state, "self_help", now=now, actor=Role.MODERATOR if moderates else AUTHOR)
    announce(*assigned, SelfHelpMoved(report_id=report.pk, what="stopped", at=now))
    show_anew(report)
    if moderates:
        record_staff_act(by, "report.self_help_stopped", community_id=report.community_id, subject=report, now=now)


@transaction.atomic(durable=True)
def return_self_help(report_id: int, *, reason: str, by: Person, now: datetime) -> None:
    """The moderator has looked: not done yet. The neighbours read why, and may report again."""
    report = lock(report_id)
    taken = needed(report)

    if Role.MODERATOR not in roles_of(by, report.community_id):
        raise NotAllowed("report.self_help_of_moderator")
    check_may_return(State(report.state), standing_of(taken))
    check_told(reason, field="note")

    taken.done_at, taken.moderator_note = None, reason.strip()
    taken.save(update_fields=["done_at", "moderator_note"])
    announce(SelfHelpMoved(report_id=report.pk, what="returned", at=now))
    show_anew(report)
    record_staff_act(by, "report.self_help_returned", community_id=report.community_id, subject=report, now=now)
