"""Our documents of GeoReport v2 keep strict schemas of it, and real servers' payloads fit the same schemas and readers."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.config.env import ROOT
from edem.config.testing.needs import needs_data
from edem.services.reports.rules.open311.answers import records_in
from edem.services.reports.rules.open311.asking import Status
from edem.services.reports.rules.open311.documents import (
    Attribute,
    Offer,
    Request,
    Update,
    definition,
    discovery,
    fault,
    request,
    service,
    taken,
    update,
)
from edem.services.reports.rules.open311.rendering import Form, written
from tests.standards.open311.holding import json_faults, xml_faults

REAL = ROOT.parent / "shared/data/open311"
MOMENT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ANY_TEXT = st.text(max_size=40)
FILLED = st.text(min_size=1, max_size=40).filter(lambda text: text.strip() and all(letter >= " " for letter in text))


def any_request(words: str, number: int = 7, lat: float | None = 49.99, lon: float | None = 24.9) -> Request:
    return Request(
        id=str(number),
        status=Status.OPEN,
        status_notes=words,
        service_code="3.8",
        service_name="Ями на дорогах",
        description=words,
        agency_responsible=words,
        requested_at=MOMENT,
        updated_at=MOMENT,
        expected_at=None,
        address=words,
        lat=lat,
        lon=lon,
        media_url="",
        extension={"state": "accepted", "categories": ["3.8", "3.9"]},
    )


def both_fit(root: str, value: object, *, document: str = "") -> None:
    assert xml_faults(written(root, value, form=Form.XML)) == []
    assert json_faults(written(root, value, form=Form.JSON), document or root) == []


@given(ANY_TEXT, st.booleans())
def test_a_report_of_any_words_fits_both_schemas(words, extended):
    both_fit("service_requests", [request(any_request(words), extended=extended)])


def test_a_report_without_a_place_has_empty_texts_for_it():
    told = request(any_request("—", lat=None, lon=None), extended=False)
    assert (told["lat"], told["long"], told["expected_datetime"]) == ("", "", "")
    both_fit("service_requests", [told])


def test_an_empty_list_is_a_document_too():
    both_fit("service_requests", [])
    assert written("service_requests", [], form=Form.JSON) == b"[]"
    assert written("service_requests", [], form=Form.XML).endswith(b"<service_requests/>")


@given(FILLED)
def test_services_and_their_questions_fit_both_schemas(words):
    offered = Offer(code="3.8", name=words, description=words, group=words, keywords=words, metadata=True)
    asked = [
        Attribute(code="depth", datatype="number", required=True, description=words),
        Attribute(code="kind", datatype="multivaluelist", required=False, description=words, values=[("deep", words)]),
    ]
    both_fit("services", [service(offered)])
    both_fit("service_definition", definition("3.8", asked))


def test_discovery_names_a_production_and_a_test_endpoint():
    told = discovery(
        url="https://a.test/open311/v2", test_url="https://a.test/open311/test/v2", contact="—", key_service="—"
    )
    both_fit("discovery", told)
    assert [each["type"] for each in told["endpoints"]] == ["production", "test"]


def test_short_answers_and_updates_fit_both_schemas():
    both_fit("service_requests", [taken(request_id="7", notice="Дякуємо")], document="taken")
    both_fit("service_requests", [taken(token="a-b")], document="taken")
    changed = Update(id="u1", request_id="7", status=Status.CLOSED, at=MOMENT, description="Засипано", media_url="")
    both_fit("service_request_updates", [update(changed)])
    both_fit("errors", [fault(403, "Потрібен ключ")])


def test_xml_says_what_json_says():
    told = [request(any_request("Яма & <люк>"), extended=False)]
    assert records_in(written("service_requests", told, form=Form.XML)) == records_in(
        written("service_requests", told, form=Form.JSON)
    )


def test_moments_carry_their_zone():
    told = json.loads(written("service_requests", [request(any_request(""), extended=False)], form=Form.JSON))
    assert told[0]["requested_datetime"] == "2026-03-01T14:00:00+02:00"


@pytest.mark.real_data
@needs_data(REAL)
def test_real_payloads_fit_the_same_schema():
    """Boston and Washington leave out what they leave out; what they say, they say as our schema has it."""
    faults = {path.name: xml_faults(path.read_bytes()) for path in sorted(REAL.glob("*.xml"))}
    assert len(faults) == 8
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.real_data
@needs_data(REAL)
def test_our_reports_tell_every_field_that_real_ones_tell_in_the_same_order():
    (real,) = records_in((REAL / "service-request.xml").read_bytes())
    assert list(real) == list(request(any_request(""), extended=False))


@pytest.mark.real_data
@needs_data(REAL)
def test_the_discovery_of_boston_has_the_shape_of_ours():
    real = json.loads((REAL / "discovery-boston.json").read_text(encoding="utf-8"))
    ours = discovery(url="https://a.test", test_url="https://b.test", contact="—", key_service="—")
    assert set(real) == set(ours)
    assert {frozenset(each) for each in real["endpoints"]} == {frozenset(each) for each in ours["endpoints"]}
