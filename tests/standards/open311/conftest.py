"""A community with its Open311 door, and programs that ask, send and tell."""

import json

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory, OrganisationFactory
from edem.foundation.intake.limits import Limits
from edem.foundation.people.roles import Role
from edem.portals.public_api import admission
from edem.portals.public_api.keys import KeyFacts, make_key
from edem.services.reports.tests.factories import (
    matrix_rule,
    reports_charter,
    staff,
    with_tree,
)
from tests.standards.open311.asking import PLACE, ROOTS, WHOLE
from tests.standards.open311.holding import JSON_TYPE, XML_TYPE, json_faults, xml_faults


@pytest.fixture(autouse=True)
def _fresh_limits(monkeypatch):
    monkeypatch.setattr(admission, "_STRANGERS", Limits(strangers_of_address=admission.WITHOUT_KEY))
    monkeypatch.setattr(admission, "_PROGRAMS", {})


@pytest.fixture
def community(db):
    community = with_tree(CommunityFactory(slug="zhytomyr", services=["reports"]))
    reports_charter(community)
    return community


@pytest.fixture
def roads(community):
    organisation = OrganisationFactory(community=community, name="КП «Дороги громади»")
    matrix_rule(community, organisation)
    return organisation


@pytest.fixture
def key(community, now):
    facts = KeyFacts(name="Міський застосунок", scopes=["reports:send"])
    return make_key(community, facts, by=staff(community, Role.COMMUNITY_ADMIN), now=now)


@pytest.fixture
def ask(client, community):
    """Asks in both forms, holds both to the schemas and gives the JSON."""

    def ask(path, document="", *, status=200, place=PLACE, **query):
        shapes = {}
        for form, content_type in (("xml", XML_TYPE), ("json", JSON_TYPE)):
            answer = client.get(f"{place}{path}.{form}", query)
            assert (answer.status_code, answer["Content-Type"]) == (status, content_type), answer.content[:300]
            shapes[form] = answer.content
        root = document or ("errors" if status != 200 else ROOTS.get(path, "service_requests"))
        assert xml_faults(shapes["xml"]) == []
        assert json_faults(shapes["json"], root) == []
        return json.loads(shapes["json"])

    return ask


@pytest.fixture
def post(client, community, roads, key):
    def post(changes=None, *, status=201, path="requests.json", api_key=None, headers=None, **files):
        form = {**WHOLE, "api_key": key if api_key is None else api_key} | (changes or {}) | files
        answer = client.post(f"{PLACE}{path}", form, headers=headers or {})
        assert answer.status_code == status, answer.content.decode()[:500]
        document = "taken" if status in {200, 201} else "errors"
        assert path.endswith("xml") or json_faults(answer.content, document) == []
        return answer.content if path.endswith("xml") else json.loads(answer.content)

    return post


@pytest.fixture
def roads_key(community, roads, now):
    facts = KeyFacts(name="Диспетчерська", scopes=["reports:update"], organisation=roads)
    return make_key(community, facts, by=staff(community, Role.COMMUNITY_ADMIN), now=now)


@pytest.fixture
def update(client, community):
    def update(report, key, *, answered=201, **said):
        form = {"service_request_id": report.number, "api_key": key} | said
        answer = client.post(f"{PLACE}servicerequestupdates.json", form)
        assert answer.status_code == answered, answer.content.decode()
        assert json_faults(answer.content, "update_taken" if answered == 201 else "errors") == []
        return json.loads(answer.content)

    return update
