"""What may be kept, what drops it, and the ear that hears of it."""

import json
from queue import Queue

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory

from edem.foundation.live.kept import (
    CHANNEL,
    NotForKeeping,
    check_impersonal,
    drop_pages,
    is_visitor,
    keeping_of,
    kept,
)
from edem.foundation.live.listening import Ear, Hearer
from edem.foundation.live.parts import EVERYTHING

PATIENCE = 20


@kept(query=("sort", "page"), tags=("petition:{petition_id}",))
def card(request, petition_id):
    return HttpResponse("card", status=int(request.GET.get("status", 200)))


def asked(**options):
    request = RequestFactory().get("/", options.pop("query", {}))
    request.COOKIES = options.pop("cookies", {})
    return card(request, petition_id=5)


def test_a_marked_page_tells_its_tags_to_the_front_door():
    assert json.loads(asked()["X-Edem-Kept"]) == ["petition:5"]
    assert keeping_of(card).query == ("page", "sort")


@pytest.mark.parametrize(
    "options", [{"query": {"status": 404}}, {"cookies": {"sessionid": "1"}}, {"cookies": {"edem_pass": "1"}}]
)
def test_a_failure_or_somebody_s_page_is_not_offered(options):
    assert not asked(**options).has_header("X-Edem-Kept")


def test_tags_may_be_computed():
    view = kept(tags=lambda request, number: [f"b:{number}", f"a:{number}"])(lambda request, number: HttpResponse())
    assert json.loads(view(RequestFactory().get("/"), number=1)["X-Edem-Kept"]) == ["a:1", "b:1"]


def test_visitors_are_those_whom_no_cookie_makes_somebody():
    assert is_visitor([])
    assert is_visitor(["django_language", "csrftoken"])
    assert not any(is_visitor([cookie]) for cookie in ("sessionid", "edem_pass", "messages"))


def test_a_personal_page_is_refused_by_name():
    with_cookie, with_nonce = HttpResponse(), HttpResponse()
    with_cookie.set_cookie("a", "b")
    with_nonce["Content-Security-Policy"] = "script-src 'nonce-abc'"
    for response in (with_cookie, with_nonce, HttpResponse('<input name="csrfmiddlewaretoken">')):
        with pytest.raises(NotForKeeping):
            check_impersonal(response)
    check_impersonal(HttpResponse("a page"))


@pytest.fixture
def heard():
    """What one ear hears on the pages' channel."""
    notices: Queue[str] = Queue()
    ear = Ear([Hearer(channel=CHANNEL, on_notice=notices.put, on_connect=lambda: None, on_lost=lambda: None)])
    ear.start()
    assert ear.listening.wait(PATIENCE)
    yield notices
    ear.stop()


@pytest.mark.django_db(transaction=True)
def test_dropping_is_heard_after_the_commit_and_never_without_it(heard):
    with transaction.atomic():
        drop_pages("never")
        transaction.set_rollback(True)
    with transaction.atomic():
        drop_pages("petition:5", "petition:5", "petitions:1")
    assert json.loads(heard.get(timeout=PATIENCE)) == ["petition:5", "petitions:1"]


@pytest.mark.django_db(transaction=True)
def test_more_tags_than_a_notice_can_hold_drop_everything(heard):
    drop_pages(*(f"petition:{number}" for number in range(2_000)))
    assert json.loads(heard.get(timeout=PATIENCE)) == [EVERYTHING]


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_is_made_again_and_everything_is_read_anew():
    from django.db import connection

    connects: Queue[str] = Queue()
    losses: Queue[str] = Queue()
    ear = Ear(
        [
            Hearer(
                channel="ear_test",
                on_notice=lambda _: None,
                on_connect=lambda: connects.put("connected"),
                on_lost=lambda: losses.put("lost"),
            )
        ]
    )
    ear.start()
    try:
        connects.get(timeout=PATIENCE)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND query LIKE 'LISTEN%ear_test%'"
            )
        losses.get(timeout=PATIENCE)
        connects.get(timeout=PATIENCE)
    finally:
        ear.stop()
