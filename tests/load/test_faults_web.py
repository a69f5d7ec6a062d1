"""The server processes killed, stopped and replaced in the middle of signing, as `./edem serve` runs them."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from itertools import cycle

import pytest

from edem.config.front_door.tests.serving import Served
from tests.load.crowd import ask, ask_all
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
        unheard = [request for request, answer in zip(requests, answers, strict=True) if answer != 200][:300]
        until(lambda: asyncio.run(ask(door.port, unheard[0])), "the door is open again")
        again = asyncio.run(ask_all(door.port, unheard))
        assert set(again) <= {200, 409}
        assert books(own).agree_on(books(own).rows)


def test_a_stop_in_the_middle_answers_whoever_was_written(server):
    people = prepared(server.address, people=PEOPLE, petitions=PETITIONS)
    with platform(server.address, workers=2) as door, server.asked() as own:
        requests = signatures(door.port, people.petitions, people.passes)
        stop = lambda: door.process.send_signal(signal.SIGTERM)  # noqa: E731 - one word of its own
        answers = asyncio.run(signing_until(door.port, requests, enough=ENOUGH, then=stop))
        assert door.process.wait(90) == 0
        assert set(answers) <= {200, 503, None}
        assert books(own).agree_on(answers.count(200)), "every one that was written was told so"


def test_processes_are_replaced_one_by_one_while_people_sign(server):
    people = prepared(server.address, people=PEOPLE, petitions=PETITIONS)
    with platform(server.address, workers=2) as door, server.asked() as own:
        requests = signatures(door.port, people.petitions, people.passes)
        before = set(door.worker_pids())
        door.process.send_signal(signal.SIGHUP)
        answers = asyncio.run(asked_until(door, requests, lambda: not before & set(door.worker_pids())))
        assert set(answers) <= {200, 409, None}
        assert answers.count(None) <= len(answers) // 100, "at most a connection that the old process had not taken"
        assert books(own).agree_on(answers.count(200))


async def asked_until(door: Served, requests: list[bytes], is_over: Callable[[], bool]) -> list[int | None]:
    """A steady stream of few at a time; whoever has signed asks again and hears so."""
    answers: list[int | None] = []
    turn = cycle(requests)

    async def one_after_another() -> None:
        while not is_over():
            answers.append(await ask(door.port, next(turn)))

    await asyncio.wait_for(asyncio.gather(*(one_after_another() for _ in range(8))), 180)
    return answers
