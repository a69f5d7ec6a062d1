"""The server processes killed, stopped and replaced in the middle of signing, as `./edem serve` runs them."""

import asyncio
import signal
from collections.abc import Iterator

import pytest

from tests.load.crowd import ask_all
from tests.load.faults.books import agree, books
from tests.load.faults.crowds import AT_ONCE, signing_until
from tests.load.faults.house import kill_processes, platform, prepared
from tests.load.faults.servers import Server, own_server
from tests.load.faults.waiting import until
from tests.load.signatures import signatures

pytestmark = [pytest.mark.full, pytest.mark.django_db]

PEOPLE, PETITIONS, ENOUGH = 400, 3, 300


@pytest.fixture
def server(db) -> Iterator[Server]:
    with own_server() as made:
        yield made


def test_killed_processes_lose_nothing_that_they_acknowledged_and_are_raised_again(server):
    people = prepared(server.address, people=PEOPLE, petitions=PETITIONS)
    with platform(server.address, workers=2) as door, server.asked() as own:
        requests = signatures(door.port, people.petitions, people.passes)
        killed = set(door.worker_pids())
        answers = asyncio.run(signing_until(door.port, requests, enough=ENOUGH, then=lambda: kill_processes(door)))
        assert None in answers, "some heard nothing"
        agree(own, answers, at_most_unheard=AT_ONCE)

        until(lambda: len(set(door.worker_pids()) - killed) >= 2, "other processes took their place")
        unheard = [request for request, answer in zip(requests, answers, strict=True) if answer != 200]
        again = asyncio.run(ask_all(door.port, unheard[:300]))
        assert set(again) <= {200, 409}
        assert books(own).agree_on(books(own).rows)


def test_a_stop_in_the_middle_answers_whoever_was_written(server):
    people = prepared(server.address, people=PEOPLE, petitions=PETITIONS)
    with platform(server.address, workers=2) as door, server.asked() as own:
        requests = signatures(door.port, people.petitions, people.passes)
        stop = lambda: door.process.send_signal(signal.SIGTERM)  # noqa: E731 - one word of its own
        answers = asyncio.run(signing_until(door.port, requests, enough=ENOUGH, then=stop))
        assert door.process.wait(30) == 0
        assert set(answers) <= {200, 503, None}
        assert books(own).agree_on(answers.count(200)), "every one that was written was told so"


def test_processes_are_replaced_one_by_one_while_people_sign(server):
    people = prepared(server.address, people=PEOPLE, petitions=PETITIONS)
    with platform(server.address, workers=2) as door, server.asked() as own:
        requests = signatures(door.port, people.petitions, people.passes)
        before = set(door.worker_pids())
        renew = lambda: door.process.send_signal(signal.SIGHUP)  # noqa: E731 - one word of its own
        answers = asyncio.run(signing_until(door.port, requests, enough=ENOUGH, then=renew))
        assert books(own).agree_on(answers.count(200))
        until(lambda: not before & set(door.worker_pids()), "both processes are new")
        unheard = [request for request, answer in zip(requests, answers, strict=True) if answer != 200]
        assert len(unheard) <= AT_ONCE, "at most those whose connection the old process had not taken yet"
        assert set(asyncio.run(ask_all(door.port, unheard))) <= {200}
