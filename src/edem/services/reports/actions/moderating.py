"""What the moderator does with a report: publishes, takes out on a ground of §5.2, mends its words in the open."""

from datetime import datetime

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events.announcing import announce
from edem.foundation.files.actions import withdraw_files
from edem.foundation.moderation.actions import decide_case, open_case
from edem.foundation.moderation.rules import Decision
from edem.foundation.moderation.rules import Ground as CaseGround
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.services.reports.actions.publishing import make_public
from edem.services.reports.actions.stepping import capacity, check_may, lock, move, show_anew
from edem.services.reports.events import ReportEdited
from edem.services.reports.models import Report, ReportEdition
from edem.services.reports.queries.actors import held_now
from edem.services.reports.queries.subjects import moderated, path_of
from edem.services.reports.queries.withheld import was_public
from edem.services.reports.rules.draft import check_words, tidy_line, tidy_paragraphs
from edem.services.reports.rules.grounds import GROUNDS, Ground
from edem.services.reports.rules.lifecycle import State, Step
from edem.services.reports.rules.passing import check_reason


@transaction.atomic(durable=True)
def publish_report(report_id: int, *, by: Person, now: datetime) -> None:
    """Where the charter has a moderator read first."""
    report = lock(report_id)

    actors = check_may(Step.PUBLISH, report, by=by)
    if Role.MODERATOR not in actors:
        raise NotAllowed("lifecycle.not_allowed", step=Step.PUBLISH, state=report.state)

    make_public(report, by=by, actor=Role.MODERATOR, now=now)
    decide(report, Decision.APPROVED, by=by, now=now)
    show_anew(report)
    log(report, "report.published", by=by, now=now)


@transaction.atomic(durable=True)
def reject_report(report_id: int, *, by: Person, ground: str, note: str, now: datetime) -> None:
    """Keep it from the public, or take it out; number, date and ground stay in the public record, with the reason."""
    report = lock(report_id)

    actors = check_may(Step.REJECT, report, by=by, note=note)
    if ground not in list(Ground):
        raise Invalid("report.unknown_ground", field="ground")

    report.ground = ground
    moved = move(report, Step.REJECT, by=by, actor=capacity(actors), now=now, note=note.strip())
    report.organisation, report.archives_at = None, None
    report.save()
    held_now(report).update(closed_at=now, alarm_at=None)
    withdraw_files(list(report.photos.order_by("pk").values_list("file_id", flat=True)))
    announce(moved)
    decide(report, Decision.REFUSED, by=by, now=now, reason=note)
    show_anew(report)
    log(report, "report.rejected", by=by, now=now)


@transaction.atomic(durable=True)
def edit_report(
    report_id: int, *, by: Person, title: str, text: str, reason: str, now: datetime, hides_former: bool = False
) -> None:
    """Mend a report's words; everybody sees that, when and why, and the words before unless those must not be read."""
    report = lock(report_id)

    if Role.MODERATOR not in roles_of(by, report.community_id):
        raise NotAllowed("report.moderators_edit")
    if State(report.state) is State.REJECTED:
        raise Conflict("report.taken_out")
    check_reason(reason)
    title, text = tidy_line(title), tidy_paragraphs(text)
    check_words(title, text)
    if (title, text) == (report.title, report.text):
        raise Conflict("report.nothing_changed")

    ReportEdition.objects.create(
        report=report,
        at=now,
        by=by,
        title=report.title,
        text=report.text,
        reason=reason.strip(),
        hides_text=hides_former,
    )
    report.title, report.text, report.edited_at, report.updated_at = title, text, now, now
    report.save()
    announce(ReportEdited(report_id=report.pk))
    show_anew(report)
    log(report, "report.edited", by=by, now=now)


def decide(report: Report, decision: Decision, *, by: Person, now: datetime, reason: str = "") -> None:
    """Close the moderators' case; a refusal stands in the public log with its ground."""
    subject = moderated(report)
    path = f"{path_of(report)}case/"
    open_case(subject, community_id=report.community_id, title=report.title, path=path, now=now)
    look = GROUNDS[Ground(report.ground)] if report.ground else None
    decide_case(
        subject,
        decision,
        community_id=report.community_id,
        by=by,
        now=now,
        ground=CaseGround(code=report.ground, label=look.label, clause=look.clause) if look else None,
        reason=reason,
        public_note=reason if look and not look.hides_text else "",
        public_path=path_of(report) if was_public(report) else "",
    )


def log(report: Report, act: str, *, by: Person, now: datetime) -> None:
    record_staff_act(by, act, community_id=report.community_id, subject=report, now=now)
