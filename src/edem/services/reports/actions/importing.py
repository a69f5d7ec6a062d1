"""Bringing reports over from elsewhere: all of a file or nothing, the same again the second time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.models import CharterVersion, Community
from edem.foundation.communities.queries import charter_in_force
from edem.foundation.events.announcing import announce
from edem.foundation.live.kept import drop_pages
from edem.foundation.people.models import Person
from edem.foundation.places.queries import working_calendar
from edem.foundation.search.indexing import index_documents
from edem.kernel.deadlines import WorkingCalendar
from edem.kernel.errors import Invalid
from edem.kernel.geo.cells import cell_of
from edem.services.reports.actions.indexing import document_of
from edem.services.reports.actions.routing import route
from edem.services.reports.actions.stepping import set_alarm, start_clocks
from edem.services.reports.models import (
    Category,
    CellRound,
    Report,
    ReportCategory,
    ReportImport,
    ReportNumbers,
    ReportStep,
)
from edem.services.reports.queries.charters import CODE, read_version
from edem.services.reports.queries.settlements import settlement_in, settlements_offered
from edem.services.reports.rules.draft import IMPORT
from edem.services.reports.rules.importing.fields import check_source
from edem.services.reports.rules.importing.planning import CLOSED_THERE, Carried, Plan
from edem.services.reports.rules.lifecycle import State, Step
from edem.services.reports.rules.results import Result
from edem.services.reports.rules.terms import ClockName, clock

BATCH = 1_000
IMPORTER = "import"
CARRIED = ("title", "text", "category_codes", "lat", "lon", "cell", "address", "settlement_code", "state",
           "submitted_at", "published_at", "closed_at", "archived_at", "archives_at", "result", "result_text",
           "updated_at")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Ways:
    """What whoever brings the file agrees to."""

    partial: bool = False
    """Broken lines stay behind and the rest comes."""
    hand_out: bool = False
    """Open ones go to organisations by the matrix, and their terms begin now."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    read: int
    added: int
    changed: int
    same: int
    worked_on: int
    """Known ones that somebody has worked on here since: they are left as they are."""
    refused: int


@transaction.atomic(durable=True)
def import_reports(
    community: Community,
    plan: Plan,
    *,
    source: str,
    ways: Ways,
    by: Person | None,
    now: datetime,
    upload: ReportImport | None = None,
) -> Imported:
    check_source(source)
    if plan.faults and not ways.partial:
        raise Invalid("report_import.has_faults")
    version = charter_in_force(community.pk, CODE, now=now)
    known = _known(community, source, plan.reports)
    ground = _Ground(community, version, working_calendar(now), source, now, settlements_offered(community))

    new = [ground.written(Report(), carried) for carried in plan.reports if carried.key not in known]
    changed, same, worked_on = _sorted_out(ground, known, plan.reports)
    Report.objects.bulk_create(new, batch_size=BATCH)
    Report.objects.bulk_update(changed, CARRIED, batch_size=BATCH)
    _forget_round_of_cells(community, changed)
    _put_under(community, [*new, *changed])
    ReportStep.objects.bulk_create([step for report in new for step in _steps(report)], batch_size=BATCH)
    if ways.hand_out:
        _hand_out([report for report in new if report.state == State.OPEN], now=now)

    index_documents([document_of(report) for report in (*new, *changed)])
    drop_pages(f"reports:{community.pk}")
    _number(community, new)
    told = Imported(
        read=plan.read,
        added=len(new),
        changed=len(changed),
        same=same,
        worked_on=worked_on,
        refused=len(plan.faults),
    )
    _note(upload, told, by=by, now=now)
    return told


def _forget_round_of_cells(community: Community, changed: Sequence[Report]) -> None:
    """Where the changed ones lay before is written nowhere: the next round, within a minute, counts every cell."""
    if changed:
        CellRound.objects.filter(community=community).delete()


def _known(community: Community, source: str, reports: Sequence[Carried]) -> Mapping[str, Report]:
    wanted = [_external(source, carried) for carried in reports]
    rows = Report.objects.select_for_update(of=("self",)).filter(
        community=community, source=IMPORT, external_id__in=wanted
    )
    return {report.external_id.removeprefix(f"{source}:"): report for report in rows.order_by("pk")}


def _external(source: str, carried: Carried) -> str:
    return f"{source}:{carried.key}"


@dataclass(frozen=True)
class _Ground:
    """What is the same for every report of the file."""

    community: Community
    version: CharterVersion
    calendar: WorkingCalendar
    source: str
    now: datetime
    settlements: Sequence[tuple[str, str]]

    def written(self, report: Report, carried: Carried) -> Report:
        report.community, report.source = self.community, IMPORT
        report.charter_id = report.charter_id or self.version.pk
        report.external_id = _external(self.source, carried)
        report.title, report.text, report.address = carried.title, carried.text, carried.address
        report.settlement_code = settlement_in(self.settlements, given="", address=carried.address)
        report.category_codes = [carried.category]
        point = carried.point
        report.lat, report.lon = (point.lat, point.lon) if point else (None, None)
        report.cell = cell_of(point) if point else None
        report.submitted_at = report.published_at = carried.made_at
        report.updated_at = self.now
        self._end(report, carried)
        return report

    def _end(self, report: Report, carried: Carried) -> None:
        """Closed ones are archived when their time has come: by this community's charter, from their own closing."""
        report.closed_at = carried.closed_at if carried.is_closed else None
        report.archived_at = report.archives_at = None
        report.state, report.result, report.result_text = State.OPEN, "", ""
        if report.closed_at is None:
            return
        charter = read_version(self.version.pk)
        due_at = clock(ClockName.ARCHIVE, charter=charter, started_at=report.closed_at, calendar=self.calendar).due_at
        report.result, report.result_text = Result.SOLVED, CLOSED_THERE
        report.state, report.archives_at = State.CLOSED, due_at
        if due_at <= self.now:
            report.state, report.archives_at, report.archived_at = State.ARCHIVED, None, due_at


def _sorted_out(
    ground: _Ground, known: Mapping[str, Report], reports: Sequence[Carried]
) -> tuple[list[Report], int, int]:
    """Those to be changed; how many say the same as before; how many were worked on here since."""
    touched = _touched([report.pk for report in known.values()])
    changed: list[Report] = []
    same = worked_on = 0
    for carried in reports:
        report = known.get(carried.key)
        if report is None:
            continue
        if report.pk in touched:
            worked_on += 1
            continue
        before = _facts(report)
        ground.written(report, carried)
        if _facts(report) == before:
            same += 1
        else:
            changed.append(report)
    return changed, same, worked_on


def _facts(report: Report) -> tuple[object, ...]:
    return tuple(getattr(report, name) for name in CARRIED if name != "updated_at")


def _touched(report_ids: Sequence[int]) -> set[int]:
    """The clock archives what the file brought; whatever a person did is theirs."""
    steps = ReportStep.objects.filter(report_id__in=report_ids).exclude(actor__in=[IMPORTER, "clock"])
    held = Report.objects.filter(pk__in=report_ids, organisation__isnull=False)
    return set(steps.order_by("pk").values_list("report_id", flat=True)) | set(
        held.order_by("pk").values_list("pk", flat=True)
    )


def _number(community: Community, new: Sequence[Report]) -> None:
    """In the order of the file, as the last thing: the row that counts is locked until the commit."""
    if not new:
        return
    ReportNumbers.objects.get_or_create(community=community)
    rows = ReportNumbers.objects.filter(community=community)
    rows.update(last=F("last") + len(new))
    last = rows.values_list("last", flat=True).get()
    for number, report in enumerate(new, start=last - len(new) + 1):
        report.number = number
    Report.objects.bulk_update(new, ["number"], batch_size=BATCH)


def _put_under(community: Community, reports: Sequence[Report]) -> None:
    known = {each.code: each.pk for each in Category.objects.filter(community=community).order_by("pk")}
    ReportCategory.objects.filter(report__in=[report.pk for report in reports]).delete()
    rows = [
        ReportCategory(report=report, category_id=known[report.category_codes[0]], is_main=True) for report in reports
    ]
    ReportCategory.objects.bulk_create(rows, batch_size=BATCH)


def _steps(report: Report) -> list[ReportStep]:
    """The road as far as the source told it."""
    told = [
        (report.published_at, Step.PUBLISH, State.CHECKING, State.OPEN),
        (report.closed_at, Step.CLOSE, State.OPEN, State.CLOSED),
        (report.archived_at, Step.ARCHIVE, State.CLOSED, State.ARCHIVED),
    ]
    return [
        ReportStep(
            report=report, at=at, actor=IMPORTER, step=step, from_state=source, to_state=target, public=True,
            note=CLOSED_THERE if step is Step.CLOSE else "",
        )
        for at, step, source, target in told
        if at is not None
    ]  # fmt: skip


def _hand_out(reports: Sequence[Report], *, now: datetime) -> None:
    """As if they had been published here this moment."""
    calendar = working_calendar(now)
    for report in reports:
        start_clocks(report, Step.PUBLISH, started_at=now, calendar=calendar)
        set_alarm(report, now=now, calendar=calendar)
        assigned = route(report, now=now)
        report.save()
        announce(*assigned)


def _note(upload: ReportImport | None, told: Imported, *, by: Person | None, now: datetime) -> None:
    if upload is None:
        return
    upload.content, upload.done_at = "", now
    upload.read, upload.added, upload.changed, upload.refused = told.read, told.added, told.changed, told.refused
    upload.save()
    if by is not None:
        record_staff_act(
            by,
            "report.imported",
            community_id=upload.community_id,
            subject=upload,
            now=now,
            added=told.added,
            changed=told.changed,
            refused=told.refused,
        )
