"""The journal tells what happened and to which request; whose it was it never tells."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from hypothesis import given
from hypothesis import strategies as st

from edem.config.logs import JsonLines, logging_as
from edem.config.masking import masked
from edem.foundation.people.models import Person

PERSONAL = {
    "name": "Олена Петренко-Коваль",
    "mail": "olena.petrenko@ukr.net",
    "tax number": "3123456789",
    "telephone": "+380 67 123 45 67",
    "document": "АА123456",
    "address": "203.0.113.77",
    "six": "2001:db8:0:0:1:0:0:77",
    "cookie": "q8f3k2m1z0x9c8v7b6n5m4a3s2d1f0gh",
    "password": "Дуже таємний пароль",
}


def broken(_request: object) -> None:
    name, tax_number = PERSONAL["name"], PERSONAL["tax number"]
    raise LookupError(f"{name} <{PERSONAL['mail']}> with {tax_number} from {PERSONAL['address']}")


def forbidden(_request: object) -> None:
    raise PermissionDenied


def broken_page(_request: object, exception: Exception) -> None:
    raise KeyError(f"{PERSONAL['name']} {PERSONAL['tax number']}")


def server_error(request: HttpRequest) -> HttpResponse:
    if "twice" in request.path:
        raise ZeroDivisionError(PERSONAL["mail"])
    return HttpResponse(status=500)


urlpatterns = [
    path("broken/", broken, name="broken"),
    path("broken/twice/", broken, name="broken twice"),
    path("forbidden/", forbidden, name="forbidden"),
]
handler403 = handler404 = broken_page
handler500 = server_error


class Journal:
    """What production would have written."""

    def __init__(self) -> None:
        self.paper = io.StringIO()
        self.handler = logging.StreamHandler(self.paper)
        self.handler.setFormatter(JsonLines())

    @property
    def text(self) -> str:
        return self.paper.getvalue()

    @property
    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.text.splitlines()]

    def nothing_personal(self) -> None:
        assert [kind for kind, value in PERSONAL.items() if value in self.text] == []
        assert "Петренко" not in self.text
        assert "olena" not in self.text


@pytest.fixture
def journal() -> Iterator[Journal]:
    kept = Journal()
    root, loggers = logging.getLogger(), [logging.getLogger(name) for name in ("edem", "edem.requests")]
    before = [(each, each.level) for each in loggers]
    root.addHandler(kept.handler)
    for each in loggers:
        each.setLevel("INFO")
    yield kept
    root.removeHandler(kept.handler)
    for each, level in before:
        each.setLevel(level)


@pytest.mark.django_db
class TestRequests:
    def test_a_sign_in_leaves_one_line_and_nobody_in_it(self, client, journal):
        Person.objects.create(login=PERSONAL["mail"], display_name=PERSONAL["name"], created_at=datetime.now(UTC))
        client.post(
            f"/staff/sign-in/?next=/{PERSONAL['mail']}&code={PERSONAL['tax number']}",
            {"login": PERSONAL["mail"], "password": PERSONAL["password"], "name": PERSONAL["name"]},
            REMOTE_ADDR=PERSONAL["address"],
            HTTP_COOKIE=f"sessionid={PERSONAL['cookie']}",
            HTTP_X_REQUEST_ID="0123456789abcdef",
            HTTP_USER_AGENT=PERSONAL["name"].encode().decode("latin-1"),
        )
        line = next(line for line in journal.lines if line["event"] == "request")
        assert line["route"].endswith("sign_in") or "login" in line["route"]
        assert (line["request_id"], line["room"], line["method"]) == ("0123456789abcdef", "django", "POST")
        assert line.keys() >= {"time", "level", "logger", "status", "ms", "community"}
        journal.nothing_personal()

    def test_a_missing_page_leaves_no_trace_of_its_address(self, client, journal):
        client.get(f"/{PERSONAL['mail']}/{PERSONAL['tax number']}")
        line = next(line for line in journal.lines if line["event"] == "request")
        assert (line["status"], line["route"]) == (404, None)
        journal.nothing_personal()

    def test_a_bug_is_told_by_its_place_without_its_variables(self, client, journal, settings):
        settings.ROOT_URLCONF = __name__
        client.raise_request_exception = False
        assert client.get("/broken/").status_code == 500
        line = next(line for line in journal.lines if line.get("exceptions"))
        told = line["exceptions"][0]
        assert told["type"] == "LookupError"
        assert told["message"] == "[words] <[mail]> with [number] from [address]"
        assert told["places"][-1].endswith(" broken")
        assert line["request_id"]
        assert line["route"] == "broken"
        journal.nothing_personal()


@pytest.fixture
def visitor(client, settings):
    """Of a site whose error pages have bugs of their own."""
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "route"), [("/nothing/here/", None), ("/forbidden/", "forbidden")])
def test_a_broken_page_that_says_no_is_told_by_its_place(visitor, journal, address, route):
    assert visitor.get(address).status_code == 500
    (line,) = [line for line in journal.lines if line["event"] == "an error page is broken"]
    assert (line["level"], line["logger"]) == ("error", "edem.requests")
    assert line["exceptions"][0]["type"] == "KeyError"
    assert line["exceptions"][0]["places"][-1].endswith(" broken_page")
    assert (line["route"], line["method"]) == (route, "GET")
    assert line["request_id"]
    journal.nothing_personal()


@pytest.mark.django_db
def test_the_last_page_of_all_is_told_once_with_the_bug_that_called_it(visitor, journal):
    with pytest.raises(ZeroDivisionError):
        visitor.get("/broken/twice/")
    (line,) = [line for line in journal.lines if line.get("exceptions")]
    assert line["event"] == "an error page is broken"
    assert [each["type"] for each in line["exceptions"]] == ["ZeroDivisionError", "LookupError"]
    journal.nothing_personal()


@pytest.mark.django_db
def test_a_bug_whose_page_is_whole_is_told_once(visitor, journal):
    assert visitor.get("/broken/").status_code == 500
    (line,) = [line for line in journal.lines if line.get("exceptions")]
    assert line["logger"] == "django.request"


def test_a_refused_row_is_not_repeated(journal):
    words = f"duplicate key value\nDETAIL:  Key (login)=({PERSONAL['mail']}) already exists for {PERSONAL['name']}."
    try:
        try:
            raise IntegrityError(words)  # noqa: TRY301
        except IntegrityError as first:
            raise RuntimeError from first
    except RuntimeError:
        logging.getLogger("edem.somewhere").exception("It failed for %s", PERSONAL["name"])
    (line,) = journal.lines
    assert line["event"] == "It failed for [words]"
    assert [each["type"] for each in line["exceptions"]] == ["RuntimeError", "IntegrityError"]
    assert line["exceptions"][1]["message"] == "duplicate key value"
    journal.nothing_personal()


def test_a_job_s_arguments_stay_in_its_table(journal):
    log = logging.getLogger("procrastinate.worker")
    log.error("Job react[1](facts=%s) ended", PERSONAL["name"], extra={"action": "job_error"})
    (line,) = journal.lines
    assert line["event"] == "job_error"
    journal.nothing_personal()


@pytest.mark.parametrize("value", PERSONAL.values(), ids=PERSONAL)
def test_what_may_be_somebody_s_is_masked(value):
    assert value not in masked(f"before {value} after")


@pytest.mark.parametrize(
    "plain",
    [
        "notice 0b9a3c1e-1111-4222-8333-944455566677: sent 250",
        "job 12 (edem.react) is given up after 12 attempts",
        "A batch of 2000 acts found no database: connection timeout",
        "The counters could not be read: relation does not exist",
    ],
)
def test_what_is_nobody_s_stays_readable(plain):
    assert masked(plain) == plain


@given(st.text(max_size=200))
def test_any_words_make_one_line_of_json(text):
    record = logging.LogRecord("edem.x", logging.INFO, "x.py", 1, "%s", (text,), None)
    written = JsonLines().format(record)
    assert len(written.splitlines()) == 1 or "\n" not in written
    assert json.loads(written)["logger"] == "edem.x"


def test_production_writes_a_line_for_each_request_and_a_developer_s_machine_none():
    assert logging_as("json", level="INFO")["loggers"]["edem.requests"]["level"] == "INFO"
    assert logging_as("plain", level="INFO")["loggers"]["edem.requests"]["level"] == "ERROR"
