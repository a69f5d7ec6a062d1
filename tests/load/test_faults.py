"""What was acknowledged is there, whatever happens to the server; nothing is half-done."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from time import monotonic

import psycopg
import pytest

from edem.config.front_door.tests.serving import Served, clean_rows, ground_of_the_door, serving
from tests.load.crowd import ask, ask_all, touch

pytestmark = [pytest.mark.full, pytest.mark.django_db]

people = count(1_000_000)
PATIENCE = 30


@pytest.fixture(scope="module")
def ground(django_db_setup, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), ground_of_the_door() as address:
        yield address


@pytest.fixture
def rows(ground: str) -> Iterator[psycopg.Connection]:
    with clean_rows(ground) as own:
        yield own


@pytest.fixture
def door(ground: str) -> Iterator[Served]:
    with serving(ground) as served:
        yield served


@contextmanager
def subjects_locked(ground: str) -> Iterator[psycopg.Connection]:
    """While this holds, until its rollback, a batch that has begun cannot go on."""
    with psycopg.connect(ground) as holder:
        holder.execute("SELECT id FROM door_subject ORDER BY id FOR UPDATE")
        yield holder


def wait_for_a_batch(own: psycopg.Connection, *, at_most: float = PATIENCE) -> None:
    question = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    until = monotonic() + at_most
    while own.execute(question).fetchone() == (0,):
        assert monotonic() < until, "no batch came to the lock"


def rows_and_counts(own: psycopg.Connection) -> tuple[int, int]:
    acts = own.execute("SELECT count(*) FROM door_act").fetchone()
    counted = own.execute("SELECT sum(acts) FROM door_subject").fetchone()
    return acts[0], counted[0]


def forty_ask(door: Served, *, meanwhile) -> list[int | None]:
    async def both():
        return await asyncio.gather(
            ask_all(door.port, [touch(next(people), subject=1) for _ in range(40)]), meanwhile()
        )

    return asyncio.run(both())[0]


def test_a_graceful_stop_finishes_the_batches_that_are_in_flight(ground, rows, door):
    with subjects_locked(ground) as holder:

        async def stop_in_the_middle():
            await asyncio.to_thread(wait_for_a_batch, rows)
            door.process.send_signal(signal.SIGTERM)
            holder.rollback()

        answers = forty_ask(door, meanwhile=stop_in_the_middle)
    taken = answers.count(200)
    assert set(answers) <= {200, 503, None}
    assert taken > 0
    assert rows_and_counts(rows) == (taken, taken)


def test_a_killed_server_leaves_no_half_of_a_batch(ground, rows, door):
    async def kill_in_the_middle():
        await asyncio.to_thread(wait_for_a_batch, rows)
        for worker in door.worker_pids():
            os.kill(worker, signal.SIGKILL)

    with subjects_locked(ground):
        answers = forty_ask(door, meanwhile=kill_in_the_middle)
    assert answers == [None] * 40
    assert rows_and_counts(rows) == (0, 0)


def test_under_load_every_acknowledged_act_survives_a_kill_and_asking_again_doubles_nothing(ground, rows):
    requests = [touch(next(people), subject=1 + number % 20) for number in range(3_000)]

    async def kill_under_load(door):
        gate, waiting = asyncio.Semaphore(100), list(requests)
        answered = 0

        async def one(request):
            nonlocal answered
            async with gate:
                status = await ask(door.port, request)
            answered += status is not None
            if answered == 800:
                for worker in door.worker_pids():
                    os.kill(worker, signal.SIGKILL)
            return status

        return await asyncio.gather(*(one(request) for request in waiting))

    with serving(ground) as door:
        answers = asyncio.run(kill_under_load(door))
    acknowledged = answers.count(200)
    written, counted = rows_and_counts(rows)
    assert 0 < acknowledged < len(requests)
    assert acknowledged <= written == counted <= acknowledged + 100, "more than was in flight is unaccounted for"

    with serving(ground) as door:
        unheard = [request for request, status in zip(requests, answers, strict=True) if status != 200]
        again = asyncio.run(ask_all(door.port, unheard[:500])) + asyncio.run(ask_all(door.port, unheard[500:1_000]))
    assert set(again) <= {200, 409}
    assert rows_and_counts(rows)[0] == acknowledged + again.count(200) + again.count(409)


def test_a_database_that_is_gone_answers_in_ukrainian_and_comes_back(ground, rows, door):
    with door.client() as client:
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": f"edem_pass={next(people)}"}
        with psycopg.connect(ground.rpartition("/")[0] + "/postgres", autocommit=True) as admin:
            name = ground.rpartition("/")[2]
            admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            try:
                admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
                refused = client.post("/misto/acts/touch", json={"subject": 1}, headers=headers)
            finally:
                admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "2")
        assert "Нічого не втрачено" in refused.json()["message"]
        taken = client.post("/misto/acts/touch", json={"subject": 1}, headers=headers)
    assert taken.status_code == 200
    with psycopg.connect(ground) as own:
        assert rows_and_counts(own) == (1, 1)


def test_a_stop_does_not_wait_for_those_who_only_listen(rows, door):
    async def listen_and_stop():
        streams = [await asyncio.open_connection("127.0.0.1", door.port) for _ in range(50)]
        for reader, writer in streams:
            writer.write(b"GET /misto/live/touches/1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            await reader.readuntil(b"event: count")
        door.process.send_signal(signal.SIGTERM)
        endings = await asyncio.gather(*(reader.read() for reader, _ in streams))
        for _, writer in streams:
            writer.close()
        return endings

    assert all(ending.endswith(b"0\r\n\r\n") for ending in asyncio.run(listen_and_stop()))
    assert door.process.wait(PATIENCE) == 0
