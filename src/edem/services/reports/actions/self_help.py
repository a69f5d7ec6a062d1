"""Neighbours take a problem on themselves: they propose, invite and report; the moderator agrees and closes."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.kernel.errors import Missing, NotAllowed
from edem.services.reports.actions.after_photos import add_after_photos
from edem.services.reports.actions.stepping import check_leads, lock, move, show_anew
from edem.services.reports.events import ReportMoved, SelfHelpMoved
from edem.services.reports.messages import record_words
from edem.services.reports.models import HelpingHand, Report, SelfHelp
from edem.services.reports.rules.lifecycle import State, Step
from edem.services.reports.rules.self_help import (
    Standing,
    check_may_decide,
    check_may_help,
    check_may_take,
    check_may_tell,
    check_plan,
    check_told,
)


@transaction.atomic(durable=True)
def propose_self_help(report_id: int, *, plan: str, meets_at: datetime | None, by: Person, now: datetime) -> None:
    """One that the moderator declined may be proposed anew, by anybody."""
    report = lock(report_id)
    known = self_help_of(report)

    check_leads(report)
    check_may_take(State(report.state), is_taken=known is not None and not is_over(known))
    check_plan(plan, meets_at=meets_at, now=now)

    if known is not None:
        known.delete()
    taken = SelfHelp.objects.create(
        report=report,
        leader=by,
        leader_name=by.display_name,
        plan=plan.strip(),
        meets_at=meets_at,
        proposed_at=now,
    )
    HelpingHand.objects.create(self_help=taken, person=by, joined_at=now)
    announce(SelfHelpMoved(report_id=report.pk, what="proposed", at=now))
    show_anew(report)


@transaction.atomic(durable=True)
def decide_self_help(report_id: int, *, agrees: bool, note: str, by: Person, now: datetime) -> None:
    """The moderator's word; with it the report counts as taken by neighbours (§3.2)."""
    report = lock(report_id)
    taken = needed(report)

    if Role.MODERATOR not in roles_of(by, report.community_id):
        raise NotAllowed("report.self_help_of_moderator")
    check_may_decide(standing_of(taken))
    if not agrees:
        check_told(note, field="note")

    taken.agreed_at, taken.declined_at = (now, None) if agrees else (None, now)
    taken.moderator_note = note.strip()
    taken.save()
    moved = begin_work(report, taken, by=by, now=now) if agrees else []
    announce(*moved, SelfHelpMoved(report_id=report.pk, what="agreed" if agrees else "declined", at=now))
    show_anew(report)
    act = "report.self_help_agreed" if agrees else "report.self_help_declined"
    record_staff_act(by, act, community_id=report.community_id, subject=report, now=now)


def begin_work(report: Report, taken: SelfHelp, *, by: Person, now: datetime) -> list[ReportMoved]:
    """«Відкрита – Прийнята: модератор, при вирішенні шляхом самоорганізації» (§3.2): agreeing is that step."""
    report.self_organised, report.updated_at = True, now
    moved = []
    if State(report.state) is State.OPEN:
        words = record_words("self_help", leader=taken.leader_name)
        moved = [move(report, Step.ACCEPT, by=by, actor=Role.MODERATOR, now=now, note=words)]
    report.save()
    return moved


def agree_to_proposed(report: Report, *, now: datetime) -> list[SelfHelpMoved]:
    """Part of the step itself: the moderator who lets the neighbours do it has agreed to what they propose."""
    taken = self_help_of(report)
    if taken is None or is_over(taken) or taken.agreed_at is not None:
        return []
    taken.agreed_at = now
    taken.save(update_fields=["agreed_at"])
    return [SelfHelpMoved(report_id=report.pk, what="agreed", at=now)]


@transaction.atomic(durable=True)
def join_self_help(report_id: int, *, by: Person, now: datetime) -> None:
    """Pressed twice, it is done once."""
    report = lock(report_id)
    taken = needed(report)

    check_may_help(standing_of(taken))

    HelpingHand.objects.get_or_create(self_help=taken, person=by, defaults={"joined_at": now})
    show_anew(report)


@transaction.atomic(durable=True)
def leave_self_help(report_id: int, *, by: Person) -> None:
    report = lock(report_id)
    HelpingHand.objects.filter(self_help=needed(report), person=by).exclude(self_help__leader=by).delete()
    show_anew(report)


@transaction.atomic(durable=True)
def report_self_help(
    report_id: int, *, text: str, photos: "Sequence[UploadedFile[bytes]]", by: Person, now: datetime
) -> None:
    """What was done, with photos; the moderator looks and closes the report."""
    report = lock(report_id)
    taken = needed(report)

    check_may_tell(standing_of(taken), leads=taken.leader_id == by.pk)
    check_told(text, field="text")

    taken.done_at, taken.done_text = now, text.strip()
    taken.save(update_fields=["done_at", "done_text"])
    add_after_photos(report, photos, by=by, now=now)
    announce(SelfHelpMoved(report_id=report.pk, what="done", at=now))
    show_anew(report)


def self_help_of(report: Report) -> SelfHelp | None:
    return SelfHelp.objects.filter(report=report).order_by("pk").first()


def is_over(taken: SelfHelp) -> bool:
    """Somebody may take it on anew."""
    return taken.declined_at is not None or taken.stopped_at is not None


def needed(report: Report) -> SelfHelp:
    taken = self_help_of(report)
    if taken is None:
        raise Missing("report.self_help_missing")
    return taken


def standing_of(taken: SelfHelp) -> Standing:
    return Standing(
        is_agreed=taken.agreed_at is not None,
        is_declined=taken.declined_at is not None,
        is_done=taken.done_at is not None,
        is_stopped=taken.stopped_at is not None,
    )
