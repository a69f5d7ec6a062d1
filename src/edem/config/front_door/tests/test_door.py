"""The front door as the world meets it: a real granian process on a real port."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from edem.config.front_door.tests.serving import Served
from edem.config.front_door.tests.visiting import OWN_PAGE, act, people, told

pytestmark = pytest.mark.django_db

# Memory


def test_a_visitor_gets_the_page_that_was_made_for_another_visitor(visitor):
    one, other = visitor.get("/misto/things/1/"), visitor.get("/misto/things/1/", headers={"User-Agent": "another"})
    assert told(one, "made") == told(other, "made")
    assert told(one, "agent") == "None"
    assert "x-edem-kept" not in one.headers


def test_a_page_knows_nothing_of_the_one_it_was_made_for(visitor):
    page = visitor.get(
        "/misto/things/2/?utm_source=mail&page=3",
        headers={"Cookie": "theme=dark; csrftoken=abc", "User-Agent": "secret", "X-Forwarded-For": "8.8.8.8"},
    )
    assert told(page, "cookies") == "['django_language']"
    assert told(page, "query") == "[('page', '3')]"
    assert told(page, "address") == "127.0.0.1"
    assert "secret" not in page.text


@pytest.mark.parametrize("cookie", ["sessionid=one", "edem_pass=1", "messages=hello", "a=b; sessionid=two"])
def test_somebody_always_gets_a_page_of_their_own(visitor, cookie):
    pages = {told(visitor.get("/misto/things/3/", headers={"Cookie": cookie}), "made") for _ in range(2)}
    pages.add(told(visitor.get("/misto/things/3/"), "made"))
    assert len(pages) == 3


def test_languages_hosts_communities_and_queries_do_not_share_a_page(visitor):
    different = [
        visitor.get("/misto/things/4/"),
        visitor.get("/misto/things/4/", headers={"Cookie": "django_language=en"}),
        visitor.get("/misto/things/4/", headers={"Host": "localhost"}),
        visitor.get("/selo/things/4/"),
        visitor.get("/misto/things/4/?page=2"),
        visitor.get("/misto/things/4/?sort=new&page=2"),
    ]
    assert len({told(page, "made") for page in different}) == len(different)
    assert [told(page, "language") for page in different[:2]] == ["uk", "en"]
    assert told(different[3], "community") == "/selo"


def test_the_order_and_the_strangers_of_a_query_do_not_matter(visitor):
    one, other = (
        visitor.get("/misto/things/5/?sort=new&page=2&q="),
        visitor.get("/misto/things/5/?fb=1&page=2&sort=new"),
    )
    assert told(one, "made") == told(other, "made")


def test_the_language_cookie_decides_as_it_does_in_django(visitor):
    page = visitor.get("/misto/things/4/", headers={"Cookie": "django_language=en"})
    assert told(page, "language") == "en"


def test_a_page_that_holds_a_token_is_never_kept(visitor):
    pages = [visitor.get("/misto/careless/") for _ in range(2)]
    assert told(pages[0], "made") != told(pages[1], "made")
    assert told(pages[0], "csrfmiddlewaretoken") != told(pages[1], "csrfmiddlewaretoken")


def test_an_unmarked_page_is_never_kept(visitor):
    assert told(visitor.get("/misto/personal/"), "made") != told(visitor.get("/misto/personal/"), "made")


def test_an_unchanged_page_costs_no_body(visitor):
    page = visitor.get("/misto/things/6/")
    again = visitor.get("/misto/things/6/", headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.content) in {(304, b""), (200, again.content)}
    fresh = visitor.get("/misto/things/6/")
    unchanged = visitor.get("/misto/things/6/", headers={"If-None-Match": fresh.headers["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert "Cookie" in page.headers["Vary"]


def test_a_change_drops_the_page(visitor, served):
    before = told(visitor.get("/misto/things/7/"), "made")
    visitor.get("/misto/change/7/")
    assert until(lambda: told(visitor.get("/misto/things/7/"), "made") != before)


def until(condition, *, tries: int = 2_000) -> bool:
    """Ask the server again and again, no sleeping: each try is a round trip."""
    return any(condition() for _ in range(tries))


# Arriving


def test_a_foreign_host_is_turned_away_kindly(visitor):
    page = visitor.get("/misto/things/1/", headers={"Host": "evil.example"})
    assert page.status_code == 400
    assert "Не вийшло" in page.text


def test_a_forged_forwarded_header_is_believed_from_our_proxy_only(visitor, served):
    page = visitor.get("/misto/personal/", headers={"X-Forwarded-For": "1.2.3.4, 5.6.7.8"})
    assert told(page, "address") == "5.6.7.8"


def test_too_large_a_body_never_reaches_django(served: Served):
    with socket.create_connection(("127.0.0.1", served.port)) as wire:
        wire.sendall(b"POST /misto/sent/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 134217729\r\n\r\n")
        answer = wire.recv(65_536).decode()
    assert answer.startswith("HTTP/1.1 413")
    assert "завеликі" in answer


def test_a_community_is_found_by_its_path(visitor):
    assert told(visitor.get("/selo/personal/"), "community") == "/selo"
    assert visitor.get("/nowhere/personal/").status_code == 404


# Static files


def test_static_files_are_served_with_their_type_and_cannot_be_climbed_out_of(visitor):
    icon = visitor.get("/static/ui/icon.svg")
    assert icon.status_code == 200
    assert icon.headers["Content-Type"] == "image/svg+xml"
    assert icon.headers["X-Content-Type-Options"] == "nosniff"
    for path in (
        "/static/../settings/base.py",
        "/static/%2e%2e/%2e%2e/config/env.py",
        "/static//etc/passwd",
        "/static/ui",
    ):
        assert visitor.get(path).status_code == 404


# Intake


def test_an_act_is_answered_after_its_commit(visitor, rows):
    answer = act(visitor, person=next(people))
    assert (answer.status_code, answer.json()["outcome"]) == (200, "taken")
    assert rows.execute("SELECT count(*) FROM door_act").fetchone() == (1,)


def test_nobody_acts_twice_however_many_try_at_once(served: Served, rows: psycopg.Connection):
    person = next(people)

    def once(number: int) -> int:
        with served.client() as client:
            return act(client, person=person, number=number).status_code

    with ThreadPoolExecutor(12) as crowd:
        statuses = sorted(crowd.map(once, range(12)))
    assert statuses == [200] + [409] * 11
    assert rows.execute("SELECT count(*) FROM door_act").fetchone() == (1,)
    assert rows.execute("SELECT acts FROM door_subject WHERE id = 1").fetchone() == (1,)


def test_a_breaking_act_does_not_take_its_neighbours_with_it(served: Served, rows: psycopg.Connection):
    def one(number: int) -> int:
        with served.client() as client:
            return act(client, person=next(people), note="bug" if number % 5 == 0 else "").status_code

    with ThreadPoolExecutor(20) as crowd:
        statuses = sorted(crowd.map(one, range(20)))
    assert statuses == [200] * 16 + [500] * 4
    assert rows.execute("SELECT count(*) FROM door_act").fetchone() == (16,)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
    ],
)
def test_an_act_from_a_foreign_page_is_refused(visitor, rows, headers):
    answer = act(visitor, person=next(people), headers=headers)
    assert (answer.status_code, answer.json()["outcome"]) == (403, "intake.foreign_page")
    assert rows.execute("SELECT count(*) FROM door_act").fetchone() == (0,)


def test_an_expired_pass_asks_the_page_to_renew_it(visitor, rows):
    answer = act(visitor, person="expired")
    assert answer.status_code == 401
    assert answer.json()["renew"] is True


def test_a_form_sent_through_the_door_arrives_whole(visitor):
    token = "a" * 32
    form = {"csrfmiddlewaretoken": token, "words": "так" * 1000}
    origin = str(visitor.base_url).rstrip("/")
    answer = visitor.post("/misto/sent/", data=form, headers={"Cookie": f"csrftoken={token}", "Origin": origin})
    assert (answer.status_code, answer.text) == (200, str(len(answer.request.content)))


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 422),
        (b"[]", "application/json", 422),
        (b'{"subject": "x"}', "application/json", 422),
        (b"subject=1", "application/x-www-form-urlencoded", 415),
        (json.dumps({"note": "x" * 5_000}).encode(), "application/json", 413),
    ],
)
def test_bad_input_gets_a_sentence(visitor, rows, content, kind, status):
    headers = OWN_PAGE | {"Content-Type": kind, "Cookie": f"edem_pass={next(people)}"}
    answer = visitor.post("/misto/acts/touch", content=content, headers=headers)
    assert answer.status_code == status
    assert answer.json()["message"].endswith(".")


def test_an_unknown_act_is_missing(visitor):
    assert visitor.post("/misto/acts/nothing", json={}, headers=OWN_PAGE).status_code == 404
    assert visitor.post("/acts/touch", json={}, headers=OWN_PAGE).status_code == 404
