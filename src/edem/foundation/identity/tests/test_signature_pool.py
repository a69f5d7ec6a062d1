"""Workers for signatures: answers and refusals cross the border, late and broken ones are ended, the queue is short."""

import threading

import pytest

from edem.foundation.identity.signatures.pool import Pool, WorkerFault
from edem.foundation.identity.signatures.working import Job
from edem.foundation.identity.tests import jobs_for_pool as jobs
from edem.kernel.errors import Unavailable
from edem.kernel.kep.errors import Unreadable


@pytest.fixture(scope="module")
def pool():
    pool = Pool(size=1, waiting=1, patience_seconds=20)
    yield pool
    pool.close()


def add(pool, one=1):
    return pool.ask(Job(jobs.add, {"one": one, "other": 1}))


def test_a_worker_answers_again_and_again(pool):
    assert [add(pool, number) for number in range(3)] == [1, 2, 3]


def test_a_refusal_keeps_its_facts_across_the_border(pool):
    with pytest.raises(Unreadable) as refused:
        pool.ask(Job(jobs.refuse, {}))
    assert (refused.value.code, refused.value.facts) == ("test.refused", {"offset": 7})


def test_a_bug_tells_its_story_and_the_worker_lives_on(pool):
    with pytest.raises(WorkerFault, match="a bug of ours"):
        pool.ask(Job(jobs.break_down, {}))
    assert add(pool) == 2


def test_a_file_that_wants_all_memory_is_refused(pool):
    with pytest.raises(Unreadable, match=r"work\.too_much_memory"):
        pool.ask(Job(jobs.take_all_memory, {}))


def test_a_worker_that_ends_is_replaced(pool):
    with pytest.raises(Unavailable) as refused:
        pool.ask(Job(jobs.end, {}))
    assert refused.value.code == "identity.signature_takes_too_long"
    assert add(pool) == 2


def test_a_worker_knows_no_secrets(pool, monkeypatch):
    assert pool.ask(Job(jobs.secrets, {})) == {}


def test_work_that_takes_too_long_is_ended_and_the_next_is_done(pool, monkeypatch):
    add(pool)
    monkeypatch.setattr(pool, "patience_seconds", 0.2)
    with pytest.raises(Unavailable) as refused:
        pool.ask(Job(jobs.take, {"seconds": 30.0}))
    assert refused.value.code == "identity.signature_takes_too_long"
    monkeypatch.setattr(pool, "patience_seconds", 20)
    assert add(pool) == 2


def test_one_more_than_the_queue_holds_is_told_so_at_once(pool):
    add(pool)
    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda: answers.append(pool.ask(Job(jobs.take, {"seconds": 1.0})))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    while pool._places._value:
        threading.Event().wait(0.01)
    with pytest.raises(Unavailable) as refused:
        add(pool)
    assert refused.value.code == "identity.signatures_busy"
    for thread in threads:
        thread.join()
    assert answers == ["done", "done"]
