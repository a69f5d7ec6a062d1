"""Problem reports for outside programs: /api/v1/reports."""

from datetime import UTC, datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import AfterValidator, AwareDatetime, Field

from edem.foundation.people.programs import Scope, open_to_programs
from edem.foundation.people.requests import community_request
from edem.kernel.ukrainian import N_
from edem.services.reports.queries.api_told import report_told, summary_of
from edem.services.reports.queries.lists import Group, Wanted, reports_listed
from edem.services.reports.queries.reading import report_page
from edem.services.reports.rules.lifecycle import State, Step
from edem.ui.pagination.long_lists import LongPaginator

router = Router(tags=["reports"])

READ = Scope("reports:read", N_("читати повідомлення про проблеми"))

PAGE = 50
ReportId = Annotated[int, Path(ge=1, lt=2**63)]
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


def in_utc(moment: datetime) -> datetime:
    """PostgreSQL knows no zone as far away as RFC 3339 lets one write; at the edges of time the zone is let go."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


Moment = Annotated[AwareDatetime, AfterValidator(in_utc)]


class ReportRefusal(Schema):
    code: str
    message: str


class ReportSummary(Schema):
    id: int
    number: int | None
    title: str
    state: State
    categories: list[str]
    address: str
    settlement: str
    lat: float | None
    lon: float | None
    organisation: str
    published_at: datetime | None
    accepted_at: datetime | None
    closed_at: datetime | None
    voices: int
    url: str


class HeldTold(Schema):
    """One organisation's time with the report."""

    organisation: str
    is_main: bool
    since: datetime
    until: datetime | None
    accepted_at: datetime | None
    return_reason: str
    passed_to: str


class AnswerTold(Schema):
    kind: str
    organisation: str
    text: str
    at: datetime


class StepTold(Schema):
    step: Step
    from_state: str
    to_state: State
    at: datetime


class ReportDetail(ReportSummary):
    text: str
    author: str
    accept_due_at: datetime | None
    explain_due_at: datetime | None
    is_overdue: bool
    result: str
    result_text: str
    result_addressee: str
    confirmed: bool | None
    reopened_count: int
    merged_into: int | None
    """The report that is worked on in its place: ask for that one."""
    chain: list[HeldTold]
    answers: list[AnswerTold]
    steps: list[StepTold]
    as_of: datetime


class ReportList(Schema):
    items: list[ReportSummary]
    page: int
    pages: int
    is_cut: bool
    """There are more than these pages show: narrow the question, or take the open data."""


class ReportFilter(Schema):
    state: Group = Group.CURRENT
    category: Text = ""
    organisation: int | None = None
    since: Moment | None = None
    until: Moment | None = None
    q: Text = ""


@router.get("", response=ReportList, summary="Problem reports of the community, newest first", url_name="reports")
@open_to_programs(READ)
def list_reports(request: HttpRequest, wanted: Query[ReportFilter], page: PageNumber = 1) -> dict[str, object]:
    asked = community_request(request)
    found = reports_listed(
        asked.community,
        Wanted(
            group=wanted.state,
            category=wanted.category,
            organisation=wanted.organisation,
            since=wanted.since,
            until=wanted.until,
            text=wanted.q,
        ),
    )
    shown = LongPaginator(found, PAGE).get_page(page)
    paginator = shown.paginator
    return {
        "items": [summary_of(each, asked.community, now=asked.now) for each in shown],
        "page": shown.number,
        "pages": paginator.num_pages,
        "is_cut": isinstance(paginator, LongPaginator) and paginator.is_cut,
    }


@router.get("/{report_id}", response={200: ReportDetail, 404: ReportRefusal}, summary="One problem report")
@open_to_programs(READ)
def read_report(request: HttpRequest, report_id: ReportId) -> dict[str, object]:
    asked = community_request(request)
    return report_told(report_page(asked.community, report_id, reader=None, now=asked.now))
