"""The moderators' cases behind the sample reports: what waits, what was published, what was taken out and why."""

from collections.abc import Sequence

from edem.config.sample.reports.making import SampleReport
from edem.config.sample.seeding.staffing import Team
from edem.foundation.audit.models import AuditEntry
from edem.foundation.moderation.models import ModerationCase
from edem.foundation.moderation.rules import Decision
from edem.foundation.people.roles import Role
from edem.services.reports.charter import Moderation
from edem.services.reports.models import Report
from edem.services.reports.queries.subjects import moderated, path_of
from edem.services.reports.rules.grounds import GROUNDS, Ground
from edem.services.reports.rules.lifecycle import Step

Pairs = Sequence[tuple[SampleReport, Report]]
_ACTS = {Step.PUBLISH: "report.published", Step.REJECT: "report.rejected"}


def open_report_cases(pairs: Pairs, *, team: Team) -> None:
    """Read before everybody where the charter has it so; elsewhere only what was taken out has a case."""
    told = [
        (sample, report)
        for sample, report in pairs
        if report.ground or sample.tale.charter.moderation is Moderation.BEFORE
    ]
    ModerationCase.objects.bulk_create(_case(sample, report, team) for sample, report in told)
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=step.at,
            person=team[Role.MODERATOR],
            roles=Role.MODERATOR,
            community_id=report.community_id,
            act=_ACTS[step.step],
            subject_kind="reports.report",
            subject_id=str(report.pk),
        )
        for sample, report in told
        for step in sample.tale.steps
        if step.step in _ACTS and step.actor == Role.MODERATOR
    )


def _case(sample: SampleReport, report: Report, team: Team) -> ModerationCase:
    subject, tale = moderated(report), sample.tale
    case = ModerationCase(
        community_id=report.community_id,
        service=subject.service,
        kind=subject.kind,
        subject_id=subject.subject_id,
        title=report.title,
        path=f"{path_of(report)}case/",
        opened_at=report.submitted_at,
        due_at=report.checking_due_at if tale.at(Step.PUBLISH) is None else None,
    )
    decided = next((step for step in reversed(tale.steps) if step.step in _ACTS), None)
    if decided is not None:
        case.decision = Decision.REFUSED if decided.step is Step.REJECT else Decision.APPROVED
        case.decided_at, case.decided_by, case.reason = decided.at, team[Role.MODERATOR], decided.note
    if report.ground:
        look = GROUNDS[Ground(report.ground)]
        case.ground, case.ground_label, case.clause = report.ground, look.label, look.clause
        case.public_note = "" if look.hides_text else case.reason
    return case
