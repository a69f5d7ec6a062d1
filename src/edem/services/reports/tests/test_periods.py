"""Weekly and monthly reports: the database counts as a person would; each period is made, published and told once."""

import csv
import json
import random
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from statistics import median

import pytest
from openpyxl import load_workbook

from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.foundation.documents.testing import pdf_pages
from edem.foundation.files.models import StoredFile
from edem.foundation.notices.models import Notice
from edem.services.reports.actions.periods import make_period_report, tell_of_period
from edem.services.reports.events import PeriodReported
from edem.services.reports.models import PeriodReport, Report, ReportStep
from edem.services.reports.queries.period_reports import periods_due, told_of
from edem.services.reports.queries.periods import period_told
from edem.services.reports.rules.lifecycle import AT_WORK, State
from edem.services.reports.rules.period_told import COLUMNS, PeriodTold
from edem.services.reports.rules.periods import Figures, Period, Span, week_of
from edem.services.reports.tests.factories import HERE, ReportFactory, held, staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 3, 9, tzinfo=UTC)
WEEK = Period(first=date(2026, 5, 18), last=date(2026, 5, 24))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CODES = ("3.8", "2.1.1", "2.2.1", "7.6")
MOVES = {"close": "closed", "reopen": "reopened", "take_up_again": "reopened"}


def step(report, name, at):
    ReportStep.objects.create(report=report, at=at, actor="clock", step=name, from_state="accepted", to_state="closed")


def make(rng, community, organisations):
    """A report somewhere on its road, with moments that need not be likely."""
    at = WEEK.since - 40 * DAY + rng.randrange(24 * 50) * HOUR
    state = rng.choice([*State])
    worked = state not in {State.CHECKING, State.OPEN, State.REJECTED}
    accepted = at + rng.randrange(200) * HOUR if worked else None
    closed = accepted + rng.randrange(300) * HOUR if worked and state is not State.ACCEPTED else None
    confirmed = rng.choice([None, True, False]) if closed else None
    report = ReportFactory(
        community=community,
        state=state,
        category_codes=rng.sample(CODES, rng.choice([0, 1, 1, 2])),
        published_at=None if state is State.CHECKING else at,
        accepted_at=accepted,
        accept_due_at=rng.choice([at + 72 * HOUR] * 9 + [None]),
        explain_due_at=at + 20 * DAY,
        explained_at=rng.choice([None, at + rng.randrange(600) * HOUR]),
        closed_at=closed,
        result=rng.choice(["solved", "explained"]) if closed else "",
        confirmed=confirmed,
        confirmed_at=None if confirmed is None else closed + rng.randrange(100) * HOUR,
    )
    for _ in range(rng.choice([0, 1, 2])) if worked else ():
        step(report, rng.choice([*MOVES, "accept"]), accepted + rng.randrange(300) * HOUR)
    if closed:
        step(report, "close", closed)
    first, other = rng.sample(organisations, 2)
    gone = rng.random() < 0.3
    if gone:
        held(report, organisation=other, is_main=False, now=at, returned_at=at + rng.randrange(90) * HOUR)
    held(report, organisation=first, now=at + HOUR, accepted_at=accepted)
    return report


def inside(at, period):
    return at is not None and period.since <= at < period.until


def is_overdue(report, end):
    if report.published_at >= end or not (report.state in AT_WORK or (report.closed_at and report.closed_at >= end)):
        return False
    late = (
        report.accept_due_at is not None
        and report.accept_due_at <= end
        and (report.accepted_at is None or report.accepted_at >= end)
    )
    return late or (report.explain_due_at <= end and (report.explained_at is None or report.explained_at >= end))


def days(later, earlier):
    return (later - earlier) / DAY


def middle(values):
    return round(median(values), 1) if values else None


def counted(reports, period, *, holder=None):
    """The same figures, one by one."""
    shown = [each for each in reports if each.published_at and each.state != State.REJECTED]
    mine = [each for each in shown if holder in (None, each.organisation)]
    moves = [(move, each) for each in mine for move in each.steps.all() if inside(move.at, period)]
    closings = [(move, each) for move, each in moves if move.step == "close"]
    chain = [(link, each) for each in shown for link in each.assignments.all() if holder in (None, link.organisation)]
    if holder is None:
        received = [each for each in shown if inside(each.published_at, period)]
        accepted = [(each.accepted_at, each.published_at, each) for each in shown if inside(each.accepted_at, period)]
    else:
        received = [link for link, _ in chain if inside(link.sent_at, period)]
        accepted = [(link.accepted_at, link.sent_at, each) for link, each in chain if inside(link.accepted_at, period)]
    return Figures(
        received=len(received),
        accepted=len(accepted),
        accepted_in_time=sum(not each.accept_due_at or at < each.accept_due_at for at, _, each in accepted),
        closed=len(closings),
        solved=sum(each.closed_at == move.at and each.result == "solved" for move, each in closings),
        confirmed=sum(bool(each.confirmed) and inside(each.confirmed_at, period) for each in mine),
        reopened=sum(move.step in {"reopen", "take_up_again"} for move, _ in moves),
        passed_on=sum(inside(link.returned_at, period) for link, _ in chain),
        overdue=sum(is_overdue(each, period.until) for each in mine),
        days_to_accept=middle([days(at, sent) for at, sent, _ in accepted]),
        days_to_close=middle([days(move.at, each.published_at) for move, each in closings]),
    )


def nearly(found, naive):
    for name, value in naive.as_row().items():
        expected = value if value is None else pytest.approx(value, abs=0.11)
        assert found.as_row()[name] == expected, (name, found, naive)


@pytest.mark.parametrize("seed", range(2))
def test_the_database_counts_as_a_person_would(community, seed):
    rng = random.Random(seed)
    organisations = [OrganisationFactory(community=community) for _ in range(3)]
    for _ in range(60):
        make(rng, community, organisations)
    told = period_told(community, WEEK, now=NOW)
    reports = list(Report.objects.filter(community=community).prefetch_related("steps", "assignments__organisation"))
    for line, only in [
        (told.whole, reports),
        *((each, [one for one in reports if [*one.category_codes, ""][0] == each.key]) for each in told.categories),
        *(
            (each, [one for one in reports if [*one.category_codes, ""][0].split(".")[0] == each.key])
            for each in told.branches
            if each.key
        ),
    ]:
        nearly(line.now, counted(only, WEEK))
        nearly(line.before, counted(only, WEEK.before()))
    for organisation in organisations:
        [line] = [each for each in told.organisations if each.key == str(organisation.pk)]
        nearly(line.now, counted(reports, WEEK, holder=organisation))
        nearly(line.before, counted(reports, WEEK.before(), holder=organisation))
    assert told.whole.now.received == sum(each.received for each in told.days) > 0
    assert told.whole.now.overdue > 0


def test_what_was_told_is_read_back_the_same(community):
    ReportFactory(community=community, placed=True, published_at=WEEK.since + DAY)
    told = period_told(community, WEEK, now=NOW)
    assert PeriodTold.read(json.loads(json.dumps(told.as_json()))) == told
    assert [(dot.lat, dot.state) for dot in told.dots] == [(HERE.lat, "open")]


def test_a_community_next_door_is_not_counted(community):
    ReportFactory(published_at=WEEK.since + DAY)
    told = period_told(community, WEEK, now=NOW)
    assert told.whole.now == told.whole.before == Figures.nothing()
    assert (told.organisations, told.categories, told.dots) == ([], [], [])


def test_periods_are_asked_by_as_many_statements_for_many_reports_as_for_few(
    community, roads, django_assert_num_queries
):
    for number in range(3):
        held(ReportFactory(community=community, published_at=WEEK.since + number * HOUR), organisation=roads)
    with django_assert_num_queries(5):
        period_told(community, WEEK, now=NOW)


def test_weeks_and_months_are_due_from_the_first_report_on(community):
    ReportFactory(community=community, published_at=datetime(2026, 5, 20, 9, tzinfo=UTC))
    due = [period for _, period in periods_due(NOW)]
    assert due == [WEEK, week_of(date(2026, 5, 25)), Period(first=date(2026, 5, 1), last=date(2026, 5, 31))]


def test_a_period_is_made_published_and_told_exactly_once(community, roads, announced):
    control = staff(community, "control_body")
    staff(community, "cnap_clerk")
    held(ReportFactory(community=community, placed=True, published_at=WEEK.since + HOUR), organisation=roads)
    made = make_period_report(community.pk, WEEK, now=NOW)
    assert announced == [PeriodReported(period_report_id=made.pk)]
    assert make_period_report(community.pk, WEEK, now=NOW + DAY) is None
    assert WEEK not in [period for _, period in periods_due(NOW)]
    for _ in range(2):
        tell_of_period(made.pk, now=NOW)
    told = Notice.objects.get(once=f"reports.period:{made.pk}")
    assert (told.person_id, told.subject) == (
        control.pk,
        "Повідомлення про проблеми: звіт за тиждень 18 травня 2026 – 24 травня 2026",
    )
    kept = StoredFile.objects.filter(purpose="reports.period", state="kept", is_public=True)
    assert set(kept.values_list("pk", flat=True)) == {made.pdf_id, made.xlsx_id}


def test_a_period_that_still_runs_is_not_published(community):
    ReportFactory(community=community)
    assert make_period_report(community.pk, week_of(date(2026, 6, 3)), now=NOW) is None
    assert not PeriodReport.objects.exists()


def test_what_was_published_does_not_change_afterwards(community):
    report = ReportFactory(community=community, published_at=WEEK.since + HOUR)
    made = make_period_report(community.pk, WEEK, now=NOW)
    Report.objects.filter(pk=report.pk).update(state=State.REJECTED)
    assert told_of(PeriodReport.objects.get(pk=made.pk)).whole.now.received == 1
    assert period_told(community, WEEK, now=NOW).whole.now.received == 0


def test_the_page_the_paper_the_workbook_and_the_data_say_the_same(community, roads, read, client):
    roads.name = "=КП «Дороги»"
    roads.save()
    for number in range(3):
        report = ReportFactory(community=community, placed=True, published_at=WEEK.since + number * HOUR)
        held(report, organisation=roads, now=report.published_at)
    days_asked = {"first": "2026-05-18", "last": "2026-05-24"}
    page = read("periods/any/", **days_asked)
    assert "<b data-number>3</b>" in page
    assert page.count("<figure") > 2
    assert 'role="img" aria-label="Мапа: 3 місц' in page
    files = {
        kind: client.get(f"/zhytomyr/reports/periods/any.{kind}", days_asked).content
        for kind in ("pdf", "xlsx", "csv", "json")
    }
    paper = " ".join("\n".join(pdf_pages(files["pdf"])).split())
    assert "18 травня 2026" in paper.replace("\u00a0", " ")
    assert "=КП «Дороги»" in paper
    cell = load_workbook(BytesIO(files["xlsx"]))["Організації"]["B2"]
    assert (cell.value, cell.data_type) == ("=КП «Дороги»", "s")
    lines = list(csv.DictReader(StringIO(files["csv"].decode("utf-8-sig"))))
    assert list(lines[0]) == list(COLUMNS)
    assert lines[0]["received"] == "3"
    assert {line["name"] for line in lines if line["slice"] == "organisation"} == {"'=КП «Дороги»"}
    assert json.loads(files["json"])["whole"]["now"]["received"] == 3


def test_published_reports_stand_in_a_list_and_give_the_very_files(community, read, client):
    ReportFactory(community=community, published_at=WEEK.since + HOUR)
    made = make_period_report(community.pk, WEEK, now=NOW)
    assert 'href="/zhytomyr/reports/periods/week/2026-05-18/"' in read("periods/")
    page = read("periods/week/2026-05-18/")
    assert "<b data-number>1</b>" in page
    [address] = [part.split('"')[0] for part in page.split('href="') if part.split('"')[0].endswith(".pdf")]
    pdf = b"".join(client.get(address).streaming_content)
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) == made.pdf.size
    assert client.get("/zhytomyr/reports/periods/week/2026-05-18.csv").status_code == 200


def test_a_list_without_reports_says_when_the_first_comes(community, read):
    assert "Звітів ще немає" in read("periods/")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ({"first": "2026-05-24", "last": "2026-05-18"}, 200, "18\u00a0травня 2026"),
        ({"first": "колись", "last": "2026-05-18"}, 422, "Звіт за будь-які дні"),
        ({"first": "2999-05-24", "last": "2999-05-30"}, 422, "ще не настали"),
        ({"first": "1999-05-24", "last": "2026-05-18"}, 422, "щонайбільше три роки"),
    ],
)
def test_any_days_are_answered_or_refused_in_words(community, read, query, status, words):
    assert words in read("periods/any/", status=status, **query)


def test_without_days_the_last_week_is_shown(community, client):
    assert "?first=" in client.get("/zhytomyr/reports/periods/any/")["Location"]


@pytest.mark.parametrize("path", ["week/2026-05-18/", "week/ніколи/", "year/2026-01-01/", "week/2026-05-18.csv"])
def test_a_report_that_is_not_there_is_missing(community, read, path):
    assert "Такого звіту немає" in read(f"periods/{path}", status=404)


def test_spans_have_their_words_in_the_letter(community, announced):
    ReportFactory(community=community, published_at=datetime(2026, 5, 20, 9, tzinfo=UTC))
    staff(community, "moderator")
    month = Period(first=date(2026, 5, 1), last=date(2026, 5, 31))
    made = make_period_report(community.pk, month, now=NOW)
    tell_of_period(made.pk, now=NOW)
    assert made.span == Span.MONTH
    assert "звіт за місяць" in Notice.objects.get().subject
