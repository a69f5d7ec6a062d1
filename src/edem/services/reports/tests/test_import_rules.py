"""Files of reports from elsewhere: what is read, what is guessed, and what is found wrong, line by line."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.config.testing.needs import needs_data
from edem.kernel.errors import Invalid
from edem.kernel.geo.points import Box, Point
from edem.services.reports.rules.importing.fields import DayOrder, Field, Settled, guessed
from edem.services.reports.rules.importing.planning import Ground, planned
from edem.services.reports.rules.importing.sheets import LATITUDE, LONGITUDE, read_sheet
from edem.services.reports.rules.open311.rendering import Form, written

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TOWN = Box(south=49.8, west=24.7, north=50.2, east=25.1)
GROUND = Ground(categories={"ями на дорогах": "3.8", "3.8": "3.8", "ліхтарі, освітлення": "2.2"}, holds=TOWN.holds)
HEAD = "id;назва;опис;категорія;широта;довгота;дата;стан"
LINE = "1;Яма;Глибока яма, «по коліно»;Ями на дорогах;49,99;24,90;01.11.2026 10:15;Відкрита"
REAL = Path(__file__).parents[6] / "shared" / "data" / "reports311"
real_data = needs_data(REAL)


def settled_by(sheet, **changes) -> Settled:
    return Settled(**{"columns": guessed(sheet.columns), **changes})


def plan_of(text: str | bytes, ground: Ground = GROUND, **changes):
    sheet = read_sheet(text if isinstance(text, bytes) else text.encode())
    return planned(sheet, settled_by(sheet, **changes), ground, now=NOW)


def faults_of(*lines: str, **changes) -> list[tuple[int, str]]:
    plan = plan_of("\n".join([HEAD, *lines]), **changes)
    return [(fault.line, fault.refusal.code) for fault in plan.faults]


def with_cells(**changes: str) -> str:
    cells = dict(zip(HEAD.split(";"), LINE.split(";"), strict=True))
    return ";".join({**cells, **changes}.values())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-u", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_table_is_read_in_any_usual_encoding_and_delimiter(encoding, delimiter):
    table = f"{HEAD}\r\n{LINE}\r\n".replace("«по коліно»", "по коліно").replace(";", delimiter)
    (report,) = plan_of(table.encode(encoding)).reports
    assert (report.title, report.text) == ("Яма", "Глибока яма, по коліно")
    assert (report.key, report.category, report.point) == ("1", "3.8", Point(49.99, 24.90))
    assert report.made_at == datetime(2026, 11, 1, 8, 15, tzinfo=UTC)
    assert not report.is_closed


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"широта": "24,90", "довгота": "49,99"}, "report_import.swapped"),
        ({"широта": "0", "довгота": "0"}, "report_import.nought"),
        ({"широта": "50,45", "довгота": "30,52"}, "report_import.outside"),
        ({"широта": "північ"}, "report_import.bad_coordinate"),
        ({"широта": ""}, "report_import.half_a_point"),
        ({"широта": "", "довгота": ""}, "report_import.nowhere"),
        ({"дата": "31.02.2026"}, "report_import.bad_date"),
        ({"дата": "02.11.2027"}, "report_import.future_date"),
        ({"дата": "01.11.1026"}, "report_import.old_date"),
        ({"дата": ""}, "report_import.no_date"),
        ({"стан": "хтозна"}, "report_import.bad_status"),
        ({"категорія": "Літаки"}, "report_import.unknown_category"),
        ({"назва": "", "опис": " "}, "report_import.no_text"),
        ({"опис": "Щ" * 5_001}, "report_import.text_too_long"),
        ({"id": "9" * 101}, "report_import.long_id"),
    ],
)
def test_a_wrong_line_is_named_and_the_others_are_taken(changes, code):
    assert faults_of(LINE.replace("1;", "0;", 1), with_cells(**changes), LINE.replace("1;", "2;", 1)) == [(3, code)]


def test_a_line_that_comes_twice_is_named_with_the_first():
    plan = plan_of(f"{HEAD}\n{LINE}\n\n{LINE}")
    assert [(fault.line, fault.refusal.facts) for fault in plan.faults] == [(4, {"first": 2})]


def test_without_a_number_the_same_words_at_the_same_place_are_the_same_report():
    head, line = HEAD.removeprefix("id;"), LINE.removeprefix("1;")
    plan = plan_of("\n".join([head, line, line, line.replace("49,99", "49,98")]))
    assert (len(plan.reports), [fault.refusal.code for fault in plan.faults]) == (2, ["report_import.twice"])
    again = plan_of(f"{head}\n{line}")
    assert again.reports[0].key == plan.reports[0].key


def test_a_quoted_text_may_go_over_lines_and_a_stray_mark_spoils_its_own_line_only():
    text = (
        f'{HEAD}\n1;"Яма\nна «розі»";"опис ""в лапках""";3.8;49.99;24.90;2026-11-01;новий\n2;"Яма;;;;;;\n'
        + LINE.replace("1;", "3;", 1)
    )
    plan = plan_of(text)
    assert [(report.line, report.text) for report in plan.reports] == [
        (2, 'опис "в лапках"'),
        (5, "Глибока яма, «по коліно»"),
    ]
    assert [(fault.line, fault.refusal.code) for fault in plan.faults] == [(4, "report_import.line_quotes")]


def test_a_long_title_is_cut_and_whole_in_the_text():
    plan = plan_of("\n".join([HEAD, with_cells(назва="Яма " * 1_000, опис="")]))
    assert len(plan.reports[0].title) <= 150
    assert plan.reports[0].text.startswith("Яма Яма")
    assert len(plan.reports[0].text) > 3_900


def test_a_closed_one_says_when_or_is_closed_when_it_was_made():
    text = f"{HEAD};дата закриття\n{with_cells(стан='вирішено')};03.11.2026\n{with_cells(id='2', стан='')};\n"
    first, second = plan_of(text).reports
    assert (first.is_closed, first.closed_at) == (True, datetime(2026, 11, 2, 22, 0, tzinfo=UTC))
    assert (second.is_closed, second.closed_at) == (False, None)
    assert faults_of("", LINE, " ; ;", "") == []  # an empty line is no line


def test_american_dates_are_read_when_told_so():
    line = with_cells(дата="11/02/2026")
    assert plan_of(f"{HEAD}\n{line}").reports[0].made_at.month == 2
    assert plan_of(f"{HEAD}\n{line}", day_order=DayOrder.MONTH_FIRST).reports[0].made_at.month == 11


def test_not_solved_is_not_solved():
    words = {"Не вирішено": False, "unresolved": False, "Закрита": True, "Archived": True, "В роботі": False}
    lines = [with_cells(id=str(number), стан=word) for number, word in enumerate(words)]
    assert [report.is_closed for report in plan_of("\n".join([HEAD, *lines])).reports] == list(words.values())


def feature(coordinates, **properties):
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": coordinates}, "properties": properties}


def test_geojson_gives_longitude_first_and_what_is_no_point_is_named():
    features = [
        feature([24.90, 49.99], назва="Яма", дата="2026-11-01T10:00:00Z"),
        feature([49.99, 24.90], назва="Навпаки", дата="2026-11-01T10:00:00Z"),
        {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}, "properties": {}},
        feature(["x", None], назва="Криве", дата="2026-11-01T10:00:00Z"),
        7,
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    sheet = read_sheet(content)
    assert guessed(sheet.columns)[Field.LAT] == LATITUDE
    assert guessed(sheet.columns)[Field.LON] == LONGITUDE
    plan = plan_of(content, category="3.8")
    assert [report.point for report in plan.reports] == [Point(49.99, 24.90)]
    assert [(fault.line, fault.refusal.code) for fault in plan.faults] == [
        (2, "report_import.swapped"),
        (3, "report_import.not_a_point"),
        (4, "report_import.bad_coordinate"),
        (5, "report_import.line_unreadable"),
    ]


def test_what_an_open311_server_gives_comes_in_from_xml_and_json():
    told = [
        {"service_request_id": "5", "status": "closed", "service_name": "Pothole", "service_code": "3.8",
         "description": "", "requested_datetime": NOW, "lat": 49.99, "long": 24.9, "address": "Шевченка, 5"}
    ]  # fmt: skip
    for form in Form:
        (report,) = plan_of(written("service_requests", told, form=form)).reports
        assert (report.key, report.title, report.is_closed) == ("5", "Pothole", True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "report_import.empty"),
        (b" \r\n ", "report_import.empty"),
        (HEAD.encode(), "report_import.empty"),
        (b"PK\x03\x04" + b"\x00" * 100, "report_import.spreadsheet"),
        (bytes(range(256)) * 20, "report_import.unreadable"),
        (b"\x00" * 5_000, "report_import.unreadable"),
        ("лише слова\nбез таблиці".encode(), "report_import.no_heading"),
        (b'{"a": 1}', "report_import.unreadable"),
        (b"[" * 100_000, "report_import.unreadable"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a><r>&b;</r></a>', "report_import.unreadable"),
        (("a;" * 300 + "\n1").encode(), "report_import.too_many_columns"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(content, code):
    with pytest.raises(Invalid) as refusal:
        read_sheet(content)
    assert refusal.value.code == code


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(content):
    with suppress(Invalid):
        read_sheet(content)


def test_settling_that_cannot_work_is_refused():
    sheet = read_sheet(f"{HEAD}\n{LINE}".encode())
    for columns, code in (
        ({Field.LAT: "немає"}, "no_such_column"),
        ({Field.LAT: "широта"}, "half_a_place"),
        ({Field.TITLE: "назва"}, "no_place_columns"),
        ({Field.LAT: "широта", Field.LON: "довгота"}, "no_category"),
    ):
        with pytest.raises(Invalid, match=code):
            planned(sheet, Settled(columns=columns), GROUND, now=NOW)


@real_data
@pytest.mark.real_data
def test_the_potholes_of_syracuse_come_in_and_those_filed_twice_are_named():
    sheet = read_sheet((REAL / "syracuse_potholes_2016.csv").read_bytes())
    columns = {**guessed(sheet.columns), Field.MADE: "TimeFilled"}
    settled = Settled(columns=columns, title="Яма на дорозі", category="3.8")
    syracuse = Box(south=42.9, west=-76.3, north=43.2, east=-75.9)
    plan = planned(sheet, settled, Ground(categories={}, holds=syracuse.holds), now=NOW)
    assert plan.read == 7_392
    assert len(plan.reports) + len(plan.faults) == 7_392
    assert {fault.refusal.code for fault in plan.faults} <= {"report_import.twice"}
    assert len(plan.reports) > 7_300
    assert all(report.is_closed and report.point for report in plan.reports)


@real_data
@pytest.mark.real_data
def test_the_reports_of_seeclickfix_come_in_without_their_people():
    content = (REAL / "seeclickfix_potholes.json").read_bytes()
    plan = plan_of(content, Ground(categories={}, holds=None), category="3.8")
    assert (len(plan.reports), plan.faults) == (100, [])
    assert any(report.is_closed for report in plan.reports)
    told = " ".join(str(report) for report in plan.reports)
    people = [issue["reporter"] for issue in json.loads(content)["issues"]]
    assert len(people) == 100
    assert not [each for each in people if each["witty_title"] and each["witty_title"] in told]
    assert not [each for each in people if " " in each["name"] and each["name"] in told]
