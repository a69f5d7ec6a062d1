"""The stand speaks the standard: what it answers keeps the schemas, and what it refuses is taken nowhere."""

import httpx
import pytest

from simulators.open311_receiver.mischief import Mischief
from simulators.open311_receiver.running import KEY, behave, forget_everything, heard_by, running_receiver, say
from tests.standards.open311.holding import json_faults, xml_faults

WHOLE = {"api_key": KEY, "service_code": "roads", "lat": "50.25", "long": "28.65", "description": "Яма & <люк>"}


@pytest.fixture(scope="module")
def address():
    with running_receiver() as address:
        yield address


@pytest.fixture
def client(address):
    forget_everything(address)
    with httpx.Client(base_url=address, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("form", ["xml", "json"])
def test_what_it_takes_and_tells_keeps_the_standard(client, address, form):
    answer = client.post(f"/v2/requests.{form}", data=WHOLE)
    assert (answer.status_code, heard_by(address)["taken"][0]["form"]["description"]) == (201, "Яма & <люк>")
    say(address, "KP-0001", "closed", "Зроблено")
    answers = [client.get(f"/v2/{path}.{form}") for path in ("requests", "servicerequestupdates")]
    assert [answer.status_code for answer in answers] == [200, 200]
    if form == "xml":
        assert [xml_faults(each.content) for each in (answer, *answers)] == [[], [], []]
    else:
        assert answers[0].json()[0]["status"] == "closed"
        assert answers[1].json()[0]["description"] == "Зроблено"


@pytest.mark.parametrize(
    ("changes", "mischief", "status"),
    [
        ({"api_key": "x"}, Mischief.NONE, 403),
        ({"service_code": "x"}, Mischief.NONE, 400),
        ({}, Mischief.BUSY, 503),
        ({}, Mischief.REFUSING, 400),
        ({}, Mischief.BAD_KEY, 403),
    ],
)
def test_what_it_refuses_it_has_not_taken(client, address, changes, mischief, status):
    behave(address, mischief)
    assert client.post("/v2/requests.json", data=WHOLE | changes).status_code == status
    assert heard_by(address)["taken"] == []


def test_its_page_shows_what_came_and_never_runs_it(client):
    client.post("/v2/requests.json", data=WHOLE | {"description": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in client.get("/").text


def test_errors_of_it_are_lists(client):
    assert json_faults(client.get("/v2/tokens/x.json").content.replace(b'"404"', b"404"), "errors") == []
