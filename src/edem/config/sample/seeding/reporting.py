"""Sample reports with their history, chain of organisations, answers, voices and cases; counters equal the rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from edem.config.sample.reports.making import SampleReport
from edem.config.sample.reports.tale import Holding, Tale, TaleAnswer
from edem.config.sample.seeding.copying import copy_in
from edem.config.sample.seeding.registering import People
from edem.config.sample.seeding.report_cases import open_report_cases
from edem.config.sample.seeding.report_photos import take_photos
from edem.config.sample.seeding.report_talk import talk_under_reports
from edem.config.sample.seeding.report_twins import put_together
from edem.config.sample.seeding.settling import Settled
from edem.config.sample.seeding.staffing import Team
from edem.foundation.communities.models import Organisation
from edem.foundation.people.models import Person, RoleGrant
from edem.foundation.people.roles import Role
from edem.foundation.search.indexing import index_documents
from edem.kernel.geo.cells import cell_of
from edem.kernel.geo.points import Point
from edem.kernel.lifecycle import AUTHOR, CLOCK
from edem.services.reports.actions.indexing import document_of
from edem.services.reports.messages import warning_words
from edem.services.reports.models import (
    Answer,
    Assignment,
    Category,
    Report,
    ReportCategory,
    ReportNumbers,
    ReportStep,
    Voice,
    WorkReport,
)
from edem.services.reports.rules.alarms import alarms_of, next_alarm, running_clocks
from edem.services.reports.rules.lifecycle import IN_PUBLIC, ON_THE_MAP, State, Step
from edem.services.reports.rules.terms import ClockName

Pairs = Sequence[tuple[SampleReport, Report]]
Workers = Mapping[tuple[str, str], Person]
"""Organisation's code and role → whoever holds it there."""


def file_reports(settled: Settled, people: People, *, team: Team, now: datetime) -> int:
    """Write everything and say how many there are."""
    samples = settled.sample.reports
    reports = Report.objects.bulk_create(
        _report(settled, sample, people, number=number, now=now) for number, sample in enumerate(samples, start=1)
    )
    pairs = list(zip(samples, reports, strict=True))
    ReportNumbers.objects.create(community=settled.community, last=len(reports))
    workers = _workers(settled)
    _categories(pairs, settled)
    _steps(pairs, people, team=team, workers=workers)
    _chains(pairs, settled, workers=workers, now=now)
    _answers(pairs, settled, people, workers=workers)
    copy_in(Voice, _voices(pairs, people))
    put_together(pairs, by=team[Role.MODERATOR], now=now)
    open_report_cases(pairs, team=team)
    take_photos(pairs, people, now=now)
    talk_under_reports(pairs, people, now=now)
    index_documents([document_of(each) for each in reports if each.state in ON_THE_MAP])
    return len(reports)


def _report(settled: Settled, sample: SampleReport, people: People, *, number: int, now: datetime) -> Report:
    tale, author = sample.tale, people[sample.author.id].person
    report = Report(
        community=settled.community,
        charter=settled.reports_charter,
        number=number,
        client_uuid=sample.client_uuid,
        title=sample.title,
        text=sample.text,
        author=author,
        author_name="" if sample.is_anonymous else author.display_name,
        is_anonymous=sample.is_anonymous,
        lat=sample.lat,
        lon=sample.lon,
        accuracy_m=8,
        cell=cell_of(Point(sample.lat, sample.lon)),
        address=sample.address,
        settlement_code=sample.settlement_code,
        category_codes=[sample.subject.code],
        voice_count=len(sample.voices),
        submitted_at=tale.submitted_at,
        updated_at=tale.last,
    )
    _say_what_became(report, tale)
    _set_alarm(report, sample, now=now)
    report.organisation = _holder(settled, sample)
    return report


def _say_what_became(report: Report, tale: Tale) -> None:
    report.state = tale.state
    report.published_at, report.accepted_at = tale.at(Step.PUBLISH), tale.first(Step.ACCEPT)
    report.closed_at, report.archived_at = tale.at(Step.CLOSE), tale.at(Step.ARCHIVE)
    report.reopened_at = tale.at(Step.REOPEN) or tale.at(Step.TAKE_UP_AGAIN)
    report.explained_at, report.checking_due_at = tale.explained_at, tale.checking_due_at
    report.accept_due_at, report.explain_due_at = tale.accept_due_at, tale.explain_due_at
    report.archives_at = None if tale.state is State.REJECTED else tale.archives_at
    report.result, report.result_text = tale.result or "", tale.result_text
    report.result_addressee, report.ground = tale.addressee, tale.ground
    report.confirmed, report.confirmed_at = tale.confirmed, tale.confirmed_at
    report.reopened_count, report.self_organised = tale.reopened_count, tale.self_organised


def _set_alarm(report: Report, sample: SampleReport, *, now: datetime) -> None:
    """As the service's own step does it."""
    running = running_clocks(
        State(report.state),
        accept_due_at=report.accept_due_at,
        explain_due_at=report.explain_due_at,
        is_explained=report.explained_at is not None,
    )
    alarms = alarms_of(running, charter=sample.tale.charter, calendar=sample.tale.office.calendar)
    report.due_at = min(running.values(), default=None)
    report.alarm_at = next_alarm(alarms, after=now)
    if report.state == State.CHECKING:
        report.due_at = report.checking_due_at


def _holder(settled: Settled, sample: SampleReport) -> Organisation | None:
    """Whoever closed it keeps it; nobody holds what a moderator took out."""
    if sample.tale.state is State.REJECTED:
        return None
    main = [each for each in sample.tale.holdings if each.is_main and each.returned_at is None]
    return settled.organisations[main[-1].body] if main else None


def _workers(settled: Settled) -> Workers:
    codes = {each.pk: code for code, each in settled.organisations.items()}
    grants = RoleGrant.objects.filter(community=settled.community, organisation__isnull=False)
    return {
        (codes[grant.organisation_id], grant.role): grant.person
        for grant in grants.select_related("person").order_by("pk")
        if grant.organisation_id in codes
    }


def _categories(pairs: Pairs, settled: Settled) -> None:
    known = {each.code: each for each in Category.objects.filter(community=settled.community).order_by("pk")}
    ReportCategory.objects.bulk_create(
        ReportCategory(report=report, category=known[sample.subject.code], is_main=True) for sample, report in pairs
    )


def _steps(pairs: Pairs, people: People, *, team: Team, workers: Workers) -> None:
    ReportStep.objects.bulk_create(
        ReportStep(
            report=report,
            by=_who(step.actor, sample, people, team=team, workers=workers, at=step.at),
            public=step.target in IN_PUBLIC,
            **step.recorded(),
        )
        for sample, report in pairs
        for step in sample.tale.steps
    )


def _who(
    actor: str, sample: SampleReport, people: People, *, team: Team, workers: Workers, at: datetime
) -> Person | None:
    if actor == CLOCK:
        return None
    if actor == AUTHOR:
        return people[sample.author.id].person
    if actor == Role.WORKER:
        held = [each for each in sample.tale.holdings if each.is_main and each.sent_at <= at]
        return workers.get((held[-1].body, actor), team[actor])
    return team[actor]


def _chains(pairs: Pairs, settled: Settled, *, workers: Workers, now: datetime) -> None:
    held = [(sample, report, each) for sample, report in pairs for each in sample.tale.holdings]
    made = Assignment.objects.bulk_create(
        _assignment(settled, sample, report, each, workers=workers, now=now) for sample, report, each in held
    )
    WorkReport.objects.bulk_create(
        WorkReport(
            assignment=assignment,
            by=assignment.executor,
            name=assignment.executor_name or assignment.organisation.name,
            text=sample.tale.result_text or "Зроблено.",
            at=assignment.reported_at,
        )
        for assignment, (sample, _, _) in zip(made, held, strict=True)
        if assignment.reported_at and assignment.executor_name and assignment.is_main
    )


def _assignment(
    settled: Settled, sample: SampleReport, report: Report, held: Holding, *, workers: Workers, now: datetime
) -> Assignment:
    executor = workers.get((held.body, Role.EXECUTOR)) if held.accepted_at else None
    assignment = Assignment(
        report=report,
        organisation=settled.organisations[held.body],
        is_main=held.is_main,
        sent_at=held.sent_at,
        seen_at=held.informed_at or held.accepted_at,
        inform_due_at=held.inform_due_at,
        head_informed_at=held.informed_at,
        accepted_at=held.accepted_at,
        executor=executor,
        executor_name=executor.display_name if executor else held.executor,
        reported_at=held.reported_at if held.accepted_at else None,
        returned_at=held.returned_at,
        return_reason=held.reason,
        passed_to=settled.organisations.get(held.passed_to),
        resent_at=held.resent_at,
        closed_at=held.closed_at,
    )
    if held.holds and not held.accepted_at and not held.informed_at:
        tale = sample.tale
        alarms = alarms_of({ClockName.INFORM: held.inform_due_at}, charter=tale.charter, calendar=tale.office.calendar)
        assignment.alarm_at = next_alarm(alarms, after=now)
    return assignment


def _answers(pairs: Pairs, settled: Settled, people: People, *, workers: Workers) -> None:
    Answer.objects.bulk_create(
        Answer(
            report=report,
            organisation=settled.organisations.get(each.body),
            author=_speaker(each, sample, people, workers),
            kind=each.kind,
            text=_words(each),
            at=each.at,
        )
        for sample, report in pairs
        for each in sample.tale.answers
    )


def _speaker(said: TaleAnswer, sample: SampleReport, people: People, workers: Workers) -> Person | None:
    """The control body's warnings are the system's."""
    if said.actor == AUTHOR:
        return people[sample.author.id].person
    return workers.get((said.body, said.actor))


def _words(said: TaleAnswer) -> str:
    return warning_words(said.text, said.due_at) if said.due_at else said.text


def _voices(pairs: Pairs, people: People) -> Iterable[Voice]:
    for sample, report in pairs:
        for each in sample.voices:
            yield Voice(
                community_id=report.community_id,
                report_id=report.pk,
                person_id=people[each.resident.id].person.pk,
                added_at=each.at,
            )
