"""Live counts through the front door, and readers who take their time."""

import json
import socket
from contextlib import ExitStack

import pytest

from edem.config.front_door.django_room import READERS
from edem.config.front_door.tests.serving import Served
from edem.config.front_door.tests.visiting import act, people

pytestmark = pytest.mark.django_db


def test_a_listener_hears_the_new_count(served: Served, visitor, rows):
    with served.client() as client, client.stream("GET", "/misto/live/touches/11") as stream:
        lines = stream.iter_lines()
        assert next_count(lines) == 0
        act(visitor, person=next(people), subject=11)
        assert next_count(lines) == 1


def next_count(lines) -> int:
    return next(json.loads(line.removeprefix("data: "))["count"] for line in lines if line.startswith("data: {"))


def test_the_json_twin_says_as_of_when_and_how_long_it_holds(visitor, rows):
    answer = visitor.get("/misto/count/touches/12.json")
    assert answer.json()["count"] == 0
    assert "as_of" in answer.json()
    assert "max-age=1" in answer.headers["Cache-Control"]
    assert visitor.get("/misto/count/touches/999.json").status_code == 404
    assert visitor.get("/misto/count/nothing/1.json").status_code == 404


def test_a_count_is_told_at_its_own_communitys_addresses_alone(visitor, rows):
    assert visitor.get("/misto/count/touches/14.json").status_code == 200
    for address in ("/selo/count/touches/14.json", "/selo/live/touches/14", "/count/touches/14.json"):
        assert visitor.get(address).status_code == 404


def test_a_listener_who_comes_back_is_told_nothing_twice(served: Served, rows):
    with served.client() as client:
        with client.stream("GET", "/misto/live/touches/13") as stream:
            mark = next(line.removeprefix("id: ") for line in stream.iter_lines() if line.startswith("id: "))
        with client.stream("GET", "/misto/live/touches/13", headers={"Last-Event-ID": mark}) as stream:
            first = next(stream.iter_raw())
    assert first == b"retry: 3000\n\n"


def test_those_who_do_not_read_their_answer_keep_nobody_from_a_page(served, visitor):
    """As many pages are made at once as READERS says; an answer that only waits for its reader is made already."""
    with ExitStack() as stack:
        for _ in range(READERS):
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", served.port)))
            slow.sendall(b"GET /misto/large/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert slow.recv(12) == b"HTTP/1.1 200"
        page = visitor.get("/misto/personal/", headers={"Cookie": "sessionid=one"}, timeout=10)
        assert page.status_code == 200
