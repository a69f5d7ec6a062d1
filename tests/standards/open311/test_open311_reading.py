"""Open311 as a program reads it: services, reports, updates, and errors that are never a page."""

import json
from datetime import UTC, datetime

import pytest

from edem.config.testing.minutes import within_a_minute
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.intake.limits import Limits
from edem.portals.public_api import admission
from edem.services.reports.models import Answer, Category, Report
from edem.services.reports.tests.factories import (
    HERE,
    with_tree,
)
from tests.standards.open311.asking import DAY, PLACE, made
from tests.standards.open311.holding import JSON_TYPE, json_faults

pytestmark = pytest.mark.django_db


def test_discovery_tells_the_truth_about_both_endpoints(ask, client, community):
    told = ask("discovery")
    for endpoint in told["endpoints"]:
        path = "/zhytomyr/" + endpoint["url"].partition("/zhytomyr/")[2]
        assert client.get(f"{path}/services.xml").status_code == 200
    assert [each["type"] for each in told["endpoints"]] == ["production", "test"]


def test_services_are_the_categories_that_are_on(ask, community):
    Category.objects.filter(community=community, code="3.9").update(is_active=False)
    questions = [
        {"code": "depth", "label": "Глибина, см", "kind": "number", "required": True},
        {"code": "kind", "label": "Яка", "kind": "choices", "options": ["глибока", "широка"]},
    ]
    Category.objects.filter(community=community, code="3.8").update(questions=questions)
    told = {each["service_code"]: each for each in ask("services")}
    assert "3.9" not in told
    assert told["2.1.1"]["description"] == "Міське господарство › Тверді побутові відходи › Сміття"
    assert told["2.1.1"]["group"] == "Міське господарство"
    assert (told["3.8"]["metadata"], told["3.1"]["metadata"]) == (True, False)

    asked = ask("services/3.8", "service_definition")["attributes"]
    assert [(each["code"], each["datatype"], each["required"]) for each in asked] == [
        ("depth", "number", True),
        ("kind", "multivaluelist", False),
    ]
    assert asked[1]["values"][0] == {"key": "глибока", "name": "глибока"}
    assert ask("services/9.9", status=404)[0]["code"] == 404


def test_a_report_is_told_without_its_author(ask, client, community, roads):
    report = made(community, organisation=roads, author_name="Ольга Ткачук")
    [told] = ask("requests")
    assert told["service_request_id"] == str(report.number)
    assert (told["status"], told["agency_responsible"]) == ("open", "КП «Дороги громади»")
    assert told["description"].startswith("Яма на переході")
    assert (told["lat"], told["long"]) == (HERE.lat, HERE.lon)
    assert told["expected_datetime"]
    [extended] = ask("requests", extensions="true")
    assert extended["extended_attributes"]["state"] == "open"
    everything = client.get(f"{PLACE}requests.json", {"extensions": "true"}).content.decode()
    assert "Ткачук" not in everything


def test_a_closed_report_tells_how_it_ended(ask, community):
    made(community, closed=True, closed_at=datetime.now(UTC))
    [told] = ask("requests")
    assert told["status"] == "closed"
    assert told["status_notes"].startswith("Вирішено. Яму залатали")


def test_parameters_narrow_the_answer_and_identifiers_override_them(ask, community):
    now = datetime.now(UTC)
    pit, lamp = made(community), made(community, category_codes=["2.2.1"], closed=True, closed_at=now)
    old = made(community, published_at=now - 200 * DAY)

    def found(**query):
        return {int(each["service_request_id"]) for each in ask("requests", **query)}

    assert found() == {pit.number, lamp.number}
    assert found(service_code="2.2") == {lamp.number}
    assert found(service_code="3.8,2.2.1") == {pit.number, lamp.number}
    assert found(service_request_id=f"{old.number}", service_code="2.2") == {old.number}
    assert found(service_request_id=f"{old.number},x,{pit.number}") == {old.number, pit.number}
    assert found(bbox="20,40,21,41") == set()
    assert found(bbox="28,50,29,51") == {pit.number, lamp.number}
    assert found(start_date=(now - 210 * DAY).isoformat(), end_date=(now - 190 * DAY).isoformat()) == {old.number}
    assert found(updated_after=(now - 2 * DAY).isoformat()) == {pit.number, lamp.number, old.number}
    assert len(ask("requests", page_size="1")) == 1
    assert ask("requests", page_size="1", page="9") == []


def test_status_narrows_too(client, community):
    pit, _lamp = made(community), made(community, closed=True, closed_at=datetime.now(UTC))
    for status, expected in (("open", [pit.number]), ("open,closed", [_lamp.number, pit.number])):
        told = json.loads(client.get(f"{PLACE}requests.json", {"status": status}).content)
        assert [int(each["service_request_id"]) for each in told] == expected


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("requests", {"service_code": "9.9"}, 404),
        ("requests", {"start_date": "2020-01-01", "end_date": "2021-01-01"}, 400),
        ("requests", {"start_date": "ні"}, 400),
        ("requests", {"page_size": "5000"}, 400),
        ("requests", {"service_request_id": ",".join(map(str, range(3_000)))}, 400),
        ("requests", {"jurisdiction_id": "nowhere.gov"}, 404),
        ("requests/999999", {}, 404),
        ("requests/٣", {}, 404),
        ("requests/9999999999999999999999", {}, 404),
        ("tokens/abc", {}, 404),
        ("tokens/6f1b3c1e-8a66-4d27-a5e0-3a3bfb7c3b7c", {}, 404),
        ("nothing", {}, 404),
        ("requests/1/more", {}, 404),
    ],
)
def test_what_cannot_be_answered_is_a_list_of_errors(ask, path, query, code):
    assert ask(path, status=code, **query)[0]["code"] == code


def test_the_jurisdiction_may_be_said_and_must_be_this_one(ask, community):
    CommunityFactory(slug="other-town", services=["reports"])
    assert ask("services", jurisdiction_id="zhytomyr")
    assert ask("services", jurisdiction_id=community.katottg)
    assert ask("services", jurisdiction_id="other-town", status=404)
    assert ask("services", place="/open311/v2/", jurisdiction_id="zhytomyr")
    assert ask("services", place="/open311/v2/", status=400)[0]["code"] == 400


def test_reports_of_another_community_and_hidden_ones_do_not_exist(ask, community):
    hidden = made(community, checking=True, number=501, published_at=None)
    other = made(with_tree(CommunityFactory(slug="other-town", services=["reports"])), number=777)
    for number in (hidden.number, other.number):
        ask(f"requests/{number}", status=404)
        assert ask("requests", service_request_id=str(number)) == []


def test_a_report_taken_out_is_told_without_its_words(ask, community):
    report = made(community, state="rejected", address="Шевченка, 5")
    [told] = ask(f"requests/{report.number}")
    assert (told["status"], told["description"], told["address"], told["lat"]) == ("closed", "", "", "")
    assert told["status_notes"] == "Вилучена модератором"
    never_seen = made(community, state="rejected", published_at=None)
    ask(f"requests/{never_seen.number}", status=404)


def test_updates_tell_steps_and_answers_in_their_order(ask, post, roads):
    [told] = post()
    report = Report.objects.get(number=told["service_request_id"])
    at = datetime.now(UTC)
    said = {"report": report, "organisation": roads, "at": at}
    Answer.objects.create(kind="answer", text="Заплановано на четвер.", **said)
    Answer.objects.create(kind="question", text="Яка глибина?", **said)
    Answer.objects.create(kind="answer", text="Не для всіх.", public=False, **said)
    found = ask("servicerequestupdates", "service_request_updates", service_request_id=str(report.number))
    assert [each["description"] for each in found] == ["Відкрита", "Заплановано на четвер."]
    assert {each["status"] for each in found} == {"open"}
    assert ask("servicerequestupdates", "service_request_updates", service_request_id="999") == []
    long_ago = (at - 30 * DAY).isoformat()
    assert ask("servicerequestupdates", "service_request_updates", end_date=long_ago) == []


def test_how_many_questions_a_list_needs_does_not_grow_with_it(client, community, assert_queries):
    for _ in range(3):
        made(community)
    client.get(f"{PLACE}requests.json")
    with assert_queries(4):
        client.get(f"{PLACE}requests.json")


def test_who_asks_too_often_is_told_so_in_the_form_asked_for(client, community, monkeypatch):
    def three_times():
        monkeypatch.setattr(admission, "_STRANGERS", Limits(strangers_of_address=2))  # not the real three hundred
        return [client.get(f"{PLACE}services.json") for _ in range(3)]

    answers = within_a_minute(three_times)
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert json_faults(answers[-1].content, "errors") == []


def test_a_method_nobody_knows_is_an_error_too(client, community):
    answer = client.put(f"{PLACE}requests.json", b"")
    assert (answer.status_code, answer["Content-Type"]) == (405, JSON_TYPE)
    assert client.head(f"{PLACE}services.xml").status_code == 200
