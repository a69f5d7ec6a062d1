"""Opening and deciding cases, inside the transaction of a service's own action."""

from datetime import datetime, timedelta

from django.db import transaction

from edem.foundation.moderation.models import ContentReport, ModerationCase
from edem.foundation.moderation.queries import reports_since
from edem.foundation.moderation.rules import Decision, Ground, ReportReason, Subject, check_decision, check_report
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Missing


def open_case(
    subject: Subject,
    *,
    community_id: int,
    title: str,
    path: str,
    now: datetime,
    due_at: datetime | None = None,
) -> ModerationCase:
    """Put something into the moderators' queue; while its case is open there is no second one."""
    return _opened(subject, community_id, title=title, path=path, opened_at=now, due_at=due_at)


def decide_case(
    subject: Subject,
    decision: Decision,
    *,
    community_id: int,
    by: Person,
    now: datetime,
    ground: Ground | None = None,
    reason: str = "",
    public_note: str = "",
    public_path: str = "",
) -> ModerationCase:
    """Close the open case. Who may decide is checked by the service's own action."""
    check_decision(decision, ground=ground, reason=reason)
    case = _locked_open_case(subject, community_id)
    case.decision, case.decided_by, case.decided_at = decision, by, now
    case.reason, case.public_note, case.public_path = reason.strip(), public_note.strip(), public_path
    if ground is not None:
        case.ground, case.ground_label, case.clause = ground.code, ground.label, ground.clause
    case.save()
    return case


@transaction.atomic
def report_content(
    subject: Subject,
    *,
    community_id: int,
    title: str,
    path: str,
    reporter: Person,
    reason: ReportReason,
    words: str,
    now: datetime,
) -> None:
    """Add a reader's report; the first one opens a case."""
    check_report(reason, words, today=reports_since(reporter, now - timedelta(days=1)))
    case = _opened(subject, community_id, title=title, path=path, opened_at=now, is_reported=True)
    written = {"reason": reason, "words": words.strip(), "at": now}
    _, is_new = ContentReport.objects.get_or_create(case=case, reporter=reporter, defaults=written)
    if not is_new:
        raise Conflict("moderation.already_reported")


def _opened(subject: Subject, community_id: int, **begun: object) -> ModerationCase:
    case, _ = ModerationCase.objects.get_or_create(
        community_id=community_id,
        service=subject.service,
        kind=subject.kind,
        subject_id=subject.subject_id,
        decided_at=None,
        defaults=begun,
    )
    return case


def _locked_open_case(subject: Subject, community_id: int) -> ModerationCase:
    cases = ModerationCase.objects.select_for_update(of=("self",)).filter(
        community_id=community_id,
        service=subject.service,
        kind=subject.kind,
        subject_id=subject.subject_id,
        decided_at=None,
    )
    case = cases.order_by("pk").first()
    if case is None:
        raise Missing("moderation.no_open_case")
    return case
