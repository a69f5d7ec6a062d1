"""An outside client of Open311 (`georeport`, from PyPI) reads the real front door over HTTP, in XML and in JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import requests
from georeport import GeoReport

from edem.config.front_door.tests.serving import cloned_database, serving, writing_to
from edem.foundation.communities.tests.factories import CommunityFactory, OrganisationFactory
from edem.foundation.people.roles import Role
from edem.portals.public_api.keys import KeyFacts, make_key
from edem.services.reports.actions.import_uploads import pulled
from edem.services.reports.models import Category
from edem.services.reports.rules.importing.sheets import read_sheet
from edem.services.reports.tests.factories import HERE, ReportFactory, matrix_rule, reports_charter, staff, with_tree
from tests.standards.open311.holding import json_faults, xml_faults

QUESTIONS = [{"code": "depth", "label": "Глибина, см", "kind": "choice", "options": ["до 5", "понад 5"]}]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class City:
    address: str
    key: str


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker) -> Iterator[City]:
    with django_db_blocker.unblock(), cloned_database("open311") as database:
        with writing_to(database):
            key = settled()
        with serving(
            database, application="edem.config.asgi:application", settings="edem.config.settings.test"
        ) as door:
            yield City(f"{door.address}/zhytomyr/open311/v2", key)


def settled() -> str:
    now = datetime.now(UTC)
    community = with_tree(CommunityFactory(slug="zhytomyr", services=["reports"], contact_email="mist@example.ua"))
    reports_charter(community)
    roads = OrganisationFactory(community=community, name="КП «Дороги громади»")
    matrix_rule(community, roads)
    Category.objects.filter(community=community, code="3.8").update(questions=QUESTIONS)
    facts = {"community": community, "placed": True, "published_at": now - DAY, "updated_at": now - DAY}
    ReportFactory(title="Яма & <люк>", organisation=roads, **facts)
    ReportFactory(closed=True, closed_at=now, **facts)
    admin = staff(community, Role.COMMUNITY_ADMIN)
    return make_key(community, KeyFacts(name="Застосунок", scopes=["reports:send"]), by=admin, now=now)


@pytest.fixture(params=["json", "xml"])
def reader(city, request):
    return GeoReport(city.address, output_format=request.param)


def test_the_outside_client_reads_services_and_their_questions(reader):
    services = reader.get_service_list()
    assert len(services) > 60
    pits = next(each for each in services if each["service_code"] == "3.8")
    assert (pits["service_name"], pits["group"]) == ("Ями на дорогах", "Дорожньо-вулична мережа")
    asked = reader.get_service_definition("3.8")["attributes"]
    [question] = asked if isinstance(asked, list) else [asked["attribute"]]
    assert question["datatype"] == "singlevaluelist"


def test_the_outside_client_reads_reports(reader):
    found = reader.get_service_requests()
    assert {each["status"] for each in found} == {"open", "closed"}
    now = datetime.now(UTC)
    asked = {"service_code": "3.8", "status": "open", "start_date": (now - 9 * DAY).strftime("%Y-%m-%dT%H:%M:%SZ")}
    told = reader.get_service_requests(**asked)
    [pit] = told if isinstance(told, list) else [told]
    one = reader.get_service_request(pit["service_request_id"])
    assert one == pit
    assert pit["description"].startswith("Яма & <люк>")
    assert pit["agency_responsible"] == "КП «Дороги громади»"
    assert float(pit["lat"]) == HERE.lat


def test_the_outside_client_hears_of_its_mistakes(reader):
    with pytest.raises(requests.HTTPError) as refusal:
        reader.get_service_request("999999")
    answer = refusal.value.response
    faults = json_faults(answer.content, "errors") if reader.output_format == "json" else xml_faults(answer.content)
    assert (answer.status_code, faults) == (404, [])


def test_a_program_sends_a_report_over_http_and_the_client_reads_it(city):
    form = {"api_key": city.key, "service_code": "3.8", "lat": f"{HERE.lat}", "long": f"{HERE.lon}",
            "description": "Яма біля зупинки", "attribute[depth]": "понад 5"}  # fmt: skip
    answer = httpx.post(f"{city.address}/requests.json", data=form, trust_env=False)
    assert (answer.status_code, json_faults(answer.content, "taken")) == (201, [])
    number = answer.json()[0]["service_request_id"]
    assert GeoReport(city.address).get_service_request(number)["description"] == "Яма біля зупинки"


def test_our_own_import_pulls_everything_from_our_own_server(city):
    now = datetime.now(UTC)
    sheet = read_sheet(pulled(city.address, since=now - 200 * DAY, now=now + DAY))
    told = {line.cells["service_request_id"] for line in sheet.lines}
    read = {each["service_request_id"] for each in GeoReport(city.address).get_service_requests()}
    assert told == read
