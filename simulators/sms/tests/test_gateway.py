"""The gateway as any program sees it: what it takes, what it refuses, what it says later."""

from uuid import uuid4

import httpx
import pytest

from simulators.sms.running import KEY, running_gateway, taken_by


@pytest.fixture(scope="module")
def gateway():
    with running_gateway() as address:
        yield address


def message(**more):
    return {"id": str(uuid4()), "to": "+380671234567", "text": "Ліхтар засвічено", "sender": "Gromada"} | more


def send(gateway, said, *, key=KEY):
    return httpx.post(f"{gateway}/messages", json=said, headers={"Authorization": f"Bearer {key}"})


def test_a_message_is_taken_once_and_reported(gateway):
    said = message()
    first, again = send(gateway, said), send(gateway, said)
    assert (first.status_code, first.json()) == (202, {"id": said["id"], "status": "accepted"})
    assert again.json() == first.json()
    taken = taken_by(gateway)
    assert [each["id"] for each in taken["messages"]].count(said["id"]) == 1
    assert taken["repeated"] == 1
    report = httpx.get(f"{gateway}/messages/{said['id']}", headers={"Authorization": f"Bearer {KEY}"})
    assert report.json() == {"id": said["id"], "status": "delivered"}


@pytest.mark.parametrize(
    ("more", "status"),
    [({"to": "+48601234567"}, 422), ({"to": "067"}, 422), ({"text": ""}, 400), ({"text": "x" * 1_001}, 400),
     ({"id": ""}, 400), ({"sender": 5}, 400), ({"extra": "x"}, 400)],
)  # fmt: skip
def test_what_does_not_fit_the_format_is_refused(gateway, more, status):
    assert send(gateway, message(**more)).status_code == status


def test_nobody_sends_or_asks_without_the_key(gateway):
    said = message()
    assert send(gateway, said, key="guess").status_code == 401
    assert httpx.get(f"{gateway}/messages/{said['id']}").status_code == 401
    asked = httpx.get(f"{gateway}/messages/{uuid4()}", headers={"Authorization": f"Bearer {KEY}"})
    assert asked.status_code == 404


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_json_is_refused(gateway, body):
    answer = httpx.post(f"{gateway}/messages", content=body, headers={"Authorization": f"Bearer {KEY}"})
    assert answer.status_code == 400
