"""The page of last resort: a bug is a bug; a database that is away is said so, and what was typed goes back."""

import errno
import json

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from edem.config.faults import fault

LONG = "Перший рядок.\r\n<b>Другий</b> «рядок»."


@pytest.fixture
def request_of():
    return RequestFactory()


def answered(request, error):
    try:
        raise error
    except type(error):
        return fault(request)


def test_a_bug_of_ours_stays_a_bug(request_of):
    assert answered(request_of.get("/"), ZeroDivisionError()).status_code == 500


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OperationalError("server closed the connection"), "не може дістатися своїх даних"),
        (OSError(errno.ENOSPC, "No space left on device"), "зберегти зараз нічого не вдається"),
    ],
)
def test_trouble_is_said_with_a_time_to_come_back(request_of, error, words):
    answer = answered(request_of.get("/petitions/"), error)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
    assert words in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_what_was_typed_can_be_sent_again_to_the_same_address(request_of):
    request = request_of.post("/misto/petitions/start/?draft=1", {"essence": LONG, "place": ["a", "b"]})
    page = answered(request, OperationalError()).content.decode()
    assert 'action="/misto/petitions/start/?draft=1"' in page
    assert "\nПерший рядок.\r\n&lt;b&gt;Другий&lt;/b&gt; «рядок».</textarea>" in page
    assert page.count('name="place"') == 2


@pytest.mark.parametrize("secret", [{"login": "olena", "password": "таємниця"}, {"code": "123456"}])
def test_secrets_are_never_written_into_a_page(request_of, secret):
    page = answered(request_of.post("/staff/sign-in/", secret), OperationalError()).content.decode()
    assert "<form" not in page
    assert all(value not in page for value in secret.values())


def test_a_program_gets_json(request_of):
    for request in (request_of.get("/api/v1/petitions/"), request_of.get("/", headers={"Accept": "application/json"})):
        told = json.loads(answered(request, OperationalError()).content)
        assert told["code"] == "platform.no_database"
        assert "Спробуйте" in told["message"]
