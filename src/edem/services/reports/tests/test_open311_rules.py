"""What a program may ask and say by GeoReport v2, and what is refused with its reason."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from edem.kernel.errors import Invalid, Refused
from edem.kernel.geo.points import Box, Point
from edem.services.reports.rules.open311.answers import Unreadable, records_in
from edem.services.reports.rules.open311.asking import MOST, Span, Status, wanted
from edem.services.reports.rules.open311.posting import posted, posted_update

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WHOLE = {"service_code": "3.8", "lat": "49.99", "long": "24.90", "description": "Яма"}


def asked(**parameters: str):
    return wanted(parameters, now=NOW)


def said(**changes: str):
    parameters = {**WHOLE, **changes}
    return posted(parameters, {name: [value] for name, value in parameters.items()})


def refusal_of(act, **parameters: str) -> str:
    with pytest.raises(Refused) as refusal:
        act(**parameters)
    return refusal.value.code


def test_without_parameters_the_last_ninety_days_are_meant():
    assert asked() == wanted({"status": "", "start_date": "  ", "bbox": ""}, now=NOW)
    assert asked().span == Span(first=NOW - timedelta(days=90), last=NOW)
    assert (asked().page, asked().page_size) == (1, MOST)


def test_identifiers_override_everything_else():
    found = asked(service_request_id="5, 7,5,,", status="closed", start_date="2020-01-01T00:00:00Z")
    assert (found.ids, found.statuses, found.span) == (("5", "7"), frozenset(), None)


def test_one_end_of_the_span_gives_the_other():
    first = datetime(2026, 1, 1, tzinfo=UTC)
    assert asked(start_date="2026-01-01T00:00:00Z").span == Span(first=first, last=first + timedelta(days=90))
    assert asked(end_date="2026-01-01T00:00:00Z").span == Span(first=first - timedelta(days=90), last=first)


def test_changes_are_asked_for_whenever_the_report_was_made():
    found = asked(updated_after="2026-11-01T00:00:00+02:00")
    assert (found.span, found.updated_after) == (None, datetime(2026, 10, 31, 22, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-02T00:00:00Z"}, "open311.span_too_long"),
        ({"start_date": "2026-02-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"}, "open311.span_backwards"),
        ({"start_date": "вчора"}, "open311.bad_moment"),
        ({"start_date": "0001-01-01T00:00:00Z"}, "open311.bad_moment"),
        ({"start_date": "9999-12-31T23:59:59Z"}, "open311.bad_moment"),
        ({"start_date": "2026-02-30T00:00:00Z"}, "open311.bad_moment"),
        ({"start_date": "2026-W01-1"}, "open311.bad_moment"),
        ({"status": "open,fixed"}, "open311.bad_status"),
        ({"page": "0"}, "open311.bad_number"),
        ({"page_size": "1001"}, "open311.bad_number"),
        ({"page_size": "٣"}, "open311.bad_number"),
        ({"page": "9" * 300}, "open311.bad_number"),
        ({"bbox": "1,2,3"}, "open311.bad_box"),
        ({"bbox": "5,2,3,4"}, "open311.bad_box"),
        ({"bbox": "a,b,c,d"}, "open311.bad_coordinate"),
        ({"bbox": "1,2,3,400"}, "geo.not_a_box"),
        ({"service_code": "\x00"}, "open311.unreadable"),
        ({"status": "\ufffd"}, "open311.unreadable"),
        ({"service_request_id": ",".join(map(str, range(1001)))}, "open311.too_many"),
        ({"service_request_id": ",".join(map(str, range(10_000)))}, "open311.too_long"),
    ],
)
def test_what_is_out_of_bounds_is_refused_with_its_reason(parameters, code):
    assert refusal_of(asked, **parameters) == code


def test_a_plus_that_a_form_made_a_space_is_understood():
    assert asked(start_date="2026-11-01T00:00:00 02:00") == asked(start_date="2026-11-01T00:00:00+02:00")


def test_a_box_goes_west_south_east_north():
    assert asked(bbox="24.8,49.9,25.0,50.1").box == Box(south=49.9, west=24.8, north=50.1, east=25.0)
    assert asked(status="Open, CLOSED").statuses == {Status.OPEN, Status.CLOSED}


@drawn(st.dictionaries(st.sampled_from(["start_date", "status", "page", "bbox", "service_request_id"]), st.text()))
def test_whatever_is_asked_is_either_understood_or_refused(parameters):
    try:
        found = wanted(parameters, now=NOW)
    except Refused:
        return
    assert found.span is None or found.span.last - found.span.first <= timedelta(days=90)


def test_a_report_is_read_with_all_its_answers():
    lists = {"attribute[DEPTH]": ["5"], "attribute[KIND][]": ["wide", "deep", "wide", ""], "attribute[X][Y]": ["no"]}
    found = posted({**WHOLE, "email": "a@b.ua"}, lists)
    assert (found.service_code, found.point, found.description) == ("3.8", Point(49.99, 24.90), "Яма")
    assert found.answers == {"DEPTH": ("5",), "KIND": ("wide", "deep")}
    assert found.said_who
    assert not said().said_who


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"service_code": " "}, "open311.missing"),
        ({"lat": "", "long": ""}, "open311.nowhere"),
        ({"lat": "", "long": "", "address_id": "15"}, "open311.address_id"),
        ({"lat": ""}, "open311.half_a_place"),
        ({"lat": "24.90", "long": "49.99"}, "open311.swapped"),
        ({"lat": "0", "long": "0.0"}, "open311.nought"),
        ({"lat": "nan", "long": "inf"}, "open311.bad_coordinate"),
        ({"lat": "95.5"}, "geo.not_a_point"),
        ({"lat": "1e1"}, "open311.bad_coordinate"),
        ({"description": "Щ" * 4_001}, "open311.too_long"),
        ({"description": "a\x00b"}, "open311.unreadable"),
        ({"media_url": "javascript:alert(1)"}, "open311.bad_link"),
        ({"media_url": 'https://a.test/"><b'}, "open311.bad_link"),
    ],
)
def test_a_report_with_something_wrong_is_refused_with_its_reason(changes, code):
    assert refusal_of(said, **changes) == code


def test_an_address_alone_is_a_place():
    assert said(lat="", long="", address_string="Шевченка, 5").address == "Шевченка, 5"


def test_an_update_says_a_state_or_some_words():
    found = posted_update({"service_request_id": "7", "status": "closed"}, now=NOW)
    assert (found.at, found.status) == (NOW, Status.CLOSED)
    with pytest.raises(Invalid, match="missing"):
        posted_update({"service_request_id": "7"}, now=NOW)
    with pytest.raises(Invalid, match="future"):
        posted_update({"service_request_id": "7", "status": "open", "updated_datetime": "2027-01-01"}, now=NOW)


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a><r><x>&c;</x></r></a>'


@pytest.mark.parametrize(
    "content", [BOMB, b"<a><b></a>", b"", b"{", b"[1", b"\xff\xfe", b"[" * 5_000, b'{"a": 1}', b"7"]
)
def test_answers_that_are_no_document_are_refused(content):
    with pytest.raises(Unreadable):
        records_in(content)


@drawn(st.binary(max_size=200))
def test_any_bytes_are_records_or_unreadable(content):
    with suppress(Unreadable):
        assert isinstance(records_in(content), list)


def test_records_of_json_and_xml_are_the_same_flat_texts():
    json_text = '{"service_requests": [{"id": 5, "at": {"lat": 49.5}, "tags": ["a", "b"], "none": null}]}'
    xml_text = (
        "<service_requests><request><id>5</id><at><lat>49.5</lat></at>"
        "<tags>a</tags><tags>b</tags><none/></request></service_requests>"
    )
    expected = [{"id": "5", "at.lat": "49.5", "tags": "a,b", "none": ""}]
    assert records_in(json_text.encode()) == expected
    assert records_in(xml_text.encode()) == expected
