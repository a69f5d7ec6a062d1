"""The real worker with its own connections, and a worker that is killed with a job in its hands."""

import asyncio
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.periodic import PeriodicRegistry

from edem.foundation.events import announce
from edem.foundation.events.keeping import forget_old_jobs, rescue_stuck_jobs
from edem.foundation.events.leftovers import give_back_after_loss
from edem.foundation.events.tests.happenings import LampBroken, LampLit, LampLost, LampSwapped
from edem.foundation.events.worker import work_once, worker_app

pytestmark = pytest.mark.django_db(transaction=True)


DIES_AT_WORK = """
import asyncio, os, sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from edem.foundation.events import readers
from edem.foundation.events.worker import work_once, worker_app
from edem.foundation.events.tests import happenings
for name, reader in list(readers._READERS.items()):
    readers._READERS[name] = readers.Reader(name=name, event=reader.event, run=lambda *_: os._exit(9))
asyncio.run(work_once())
"""


def announce_committed(*events):
    with transaction.atomic():
        announce(*events)


def work_through():
    worker = worker_app()
    worker.periodic_registry = PeriodicRegistry()  # the house's own schedule stays out of the tests
    asyncio.run(work_once(worker, concurrency=2))


def statuses(task):
    return sorted(ProcrastinateJob.objects.filter(task_name=task).order_by("pk").values_list("status", flat=True))


def test_the_worker_delivers_what_was_committed(calls):
    announce_committed(LampLit(11), LampBroken(12))
    work_through()
    assert sorted(call[:2] for call in calls) == [("counted", 11), ("told", 11), ("tried", 12)]
    assert all(call[2].tzinfo for call in calls if len(call) > 2)
    assert statuses("edem.react") == ["succeeded"] * 3


def test_a_job_of_a_killed_worker_is_taken_up_again(calls):
    announce_committed(LampBroken(5))
    name = settings.DATABASES["default"]["NAME"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    dead = subprocess.run(
        [sys.executable, "-c", DIES_AT_WORK, name], env=environment, timeout=300, check=False, capture_output=True
    )
    assert dead.returncode == 9, dead.stderr.decode()
    assert statuses("edem.react") == ["doing"]

    rescue_stuck_jobs()
    assert statuses("edem.react") == ["doing"], "a worker that was heard of a moment ago is left in peace"

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")
    rescue_stuck_jobs()
    work_through()
    assert calls.count(("tried", 5)) == 1
    assert statuses("edem.react") == ["succeeded"]


def test_a_job_that_kills_its_workers_is_given_up():
    announce_committed(LampBroken(5))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', attempts = 12, worker_id = NULL")
    rescue_stuck_jobs()
    assert statuses("edem.deliver") == ["failed"]


def test_finished_jobs_are_forgotten_after_a_week():
    announce_committed(LampBroken(1))
    work_through()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '8 days'")
    announce_committed(LampBroken(2))
    forget_old_jobs()
    assert statuses("edem.react") == []
    assert statuses("edem.deliver") == ["todo"]


SLOW_WORK = """
import os, sys, threading, time
from pathlib import Path
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.core.management import call_command
from edem.foundation.events import readers
from edem.foundation.events.tests import happenings
begun, ended = Path(sys.argv[2]), Path(sys.argv[3])

def slow(*_):
    begun.touch()
    while len(sys.argv) > 4 and not Path(sys.argv[4]).exists():
        time.sleep(0.01)
    ended.touch()

for name, reader in list(readers._READERS.items()):
    readers._READERS[name] = readers.Reader(name=name, event=reader.event, run=slow)
call_command("work", concurrency=1, beat=0.1)
"""


@contextmanager
def slow_worker(begun, ended, *gate):
    """Its job waits for the gate, when there is one."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    arguments = [settings.DATABASES["default"]["NAME"], *map(str, (begun, ended, *gate))]
    with subprocess.Popen([sys.executable, "-c", SLOW_WORK, *arguments], env=environment) as worker:
        try:
            yield worker
        finally:
            worker.terminate()
            assert worker.wait(30) == 0


def test_a_worker_that_is_told_to_stop_finishes_what_it_began_and_nobody_takes_it_for_dead(tmp_path):
    announce_committed(LampBroken(5))
    begun, ended, gate = tmp_path / "begun", tmp_path / "ended", tmp_path / "gate"
    with slow_worker(begun, ended, gate) as worker:
        wait_for(begun)
        worker.terminate()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")
            wait_until(lambda: is_heard_of(cursor))
        rescue_stuck_jobs()
        assert statuses("edem.react") == ["doing"]
        gate.touch()
    assert ended.exists()
    assert statuses("edem.react") == ["succeeded"]


def is_heard_of(cursor) -> bool:
    cursor.execute("SELECT 1 FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'")
    return cursor.fetchone() is not None


def test_a_worker_outlives_the_loss_of_its_connections(tmp_path):
    announce_committed(LampBroken(5))
    begun, ended = tmp_path / "begun", tmp_path / "ended"
    with slow_worker(begun, ended):
        wait_for(ended)
        ended.unlink()
        cut_all_connections()
        announce_committed(LampBroken(6))
        wait_for(ended)


def test_a_worker_that_fell_with_its_connections_begins_anew_and_does_not_fall_again_and_again(tmp_path):
    announce_committed(LampBroken(5))
    begun, ended = tmp_path / "begun", tmp_path / "ended"
    with slow_worker(begun, ended):
        wait_for(ended)
        first = lives()
        wait_until(lambda: fallen_since(first))
        fallen = lives()
        ended.unlink()
        announce_committed(LampBroken(6))
        wait_for(ended)
        assert lives() - fallen <= 3


def fallen_since(first):
    """Cut while the worker asks for work, until it has lost more than it can bear and registers again."""
    cut_all_connections()
    announce_committed(LampBroken(7))
    return lives() > first


def lives():
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM procrastinate_workers_id_seq")
        return cursor.fetchone()[0]


def test_a_job_in_hand_when_the_connections_were_lost_ends_all_the_same(tmp_path):
    announce_committed(LampBroken(5))
    begun, ended, gate = tmp_path / "begun", tmp_path / "ended", tmp_path / "gate"
    with slow_worker(begun, ended, gate):
        wait_for(begun)
        cut_all_connections()
        gate.touch()
        wait_until(lambda: statuses("edem.react") == ["succeeded"])


def test_a_job_that_ended_unheard_is_done_again_by_the_worker_that_lives_on(tmp_path):
    announce_committed(LampBroken(5))
    begun, ended = tmp_path / "begun", tmp_path / "ended"
    with slow_worker(begun, ended), connection.cursor() as cursor:
        wait_until(lambda: statuses("edem.react") == ["succeeded"])
        begun.unlink()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers)"
            " WHERE task_name = 'edem.react' RETURNING worker_id"
        )
        assert cursor.fetchone() != (None,)
        wait_for(begun)


def test_a_worker_that_comes_back_takes_up_what_it_lost_at_once(calls):
    announce_committed(LampBroken(5))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id")
        [lost] = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [lost])
    asyncio.run(come_back_after(lost))
    work_through()
    assert calls.count(("tried", 5)) == 1


async def come_back_after(lost):
    async with worker_app().open_async() as own:
        await give_back_after_loss(own, lost)


def cut_all_connections():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_what_a_job_announces_is_delivered_too(calls):
    announce_committed(LampSwapped(8))
    work_through()
    assert calls == [("tried", 8)]


def test_a_job_that_fails_is_tried_again_later():
    announce_committed(LampLost(8))
    before = datetime.now(UTC)
    work_through()
    job = ProcrastinateJob.objects.get(task_name="edem.react")
    assert (job.status, job.attempts) == ("todo", 1)
    assert timedelta(seconds=2) < job.scheduled_at - before < timedelta(seconds=30)


def wait_for(path):
    wait_until(path.exists)


def wait_until(is_so):
    until = time.monotonic() + 150  # a lost pool is knocked at again and again, on two busy cores
    while not is_so():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)
