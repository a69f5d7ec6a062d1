"""Gathering: what comes together goes together, everybody is answered, and a stop loses nobody."""

import asyncio
from threading import Event

import pytest
from django.db import InterfaceError, OperationalError
from procrastinate.exceptions import ConnectorException
from psycopg.errors import (
    AdminShutdown,
    DeadlockDetected,
    DiskFull,
    LockNotAvailable,
    QueryCanceled,
    ReadOnlySqlTransaction,
)

from edem.foundation.intake.acts import TAKEN, MassAct, Outcome, act_named, register, take_one
from edem.foundation.intake.failures import Failure
from edem.foundation.intake.gatherer import CROWD, Gatherer
from edem.foundation.intake.performing import perform
from edem.kernel.errors import Conflict, Refused

pytestmark = pytest.mark.django_db


class Action:
    """A set-based action of plain numbers that remembers its batches; it waits at the gate when there is one."""

    def __init__(self, *, gate: Event | None = None) -> None:
        self.batches: list[list[int]] = []
        self.gate, self.began = gate, Event()

    def __call__(self, batch):
        self.began.set()
        if self.gate is not None:
            assert self.gate.wait(10)
        self.batches.append(list(batch))
        if 13 in batch:
            raise ZeroDivisionError
        return {each: Outcome.refused(Conflict("no")) if each < 0 else TAKEN for each in batch}


def gathered(action, items, **options):
    async def all_at_once():
        gatherer = Gatherer(action, name="test", **options)
        answers = await asyncio.gather(*(gatherer.take(item) for item in items))
        await gatherer.close()
        return answers, await gatherer.take(1)

    return asyncio.run(all_at_once())


def test_acts_that_come_together_share_a_batch():
    action = Action()
    answers, _ = gathered(action, range(10))
    assert answers == [TAKEN] * 10
    assert action.batches == [list(range(10))]


def test_what_comes_while_a_batch_is_committed_makes_the_next_batch():
    action = Action(gate=Event())

    async def crowd():
        gatherer = Gatherer(action, name="test")
        first = asyncio.ensure_future(gatherer.take(0))
        await asyncio.get_running_loop().run_in_executor(None, action.began.wait, 10)
        later = [asyncio.ensure_future(gatherer.take(number)) for number in range(1, 6)]
        await asyncio.sleep(0)
        action.gate.set()
        await asyncio.gather(first, *later)
        await gatherer.close()

    asyncio.run(crowd())
    assert action.batches == [[0], [1, 2, 3, 4, 5]]


def test_in_a_crowd_a_batch_waits_a_breath_for_those_who_ask_again():
    action = Action()

    async def crowd():
        gatherer = Gatherer(action, name="test")
        await asyncio.gather(*(gatherer.take(number) for number in range(CROWD)))
        first = asyncio.ensure_future(gatherer.take(100))
        for _ in range(3):
            await asyncio.sleep(0)
        await asyncio.gather(first, gatherer.take(101))
        await gatherer.close()

    asyncio.run(crowd())
    assert action.batches == [list(range(CROWD)), [100, 101]]


def test_a_batch_has_a_largest_size_and_equal_items_go_one_after_the_other():
    action = Action()
    gathered(action, [1, 2, 3, 4, 5, 1, 1], largest=3)
    assert all(len(batch) <= 3 and len(set(batch)) == len(batch) for batch in action.batches)
    assert sorted(number for batch in action.batches for number in batch) == [1, 1, 1, 2, 3, 4, 5]


def test_a_refusal_and_a_bug_reach_only_their_own_caller():
    answers, _ = gathered(Action(), [1, -2, 13, 4])
    assert [answers[0], answers[3]] == [TAKEN, TAKEN]
    assert answers[1].refusal.code == "no"
    assert answers[2] is Failure.BUG


def test_a_closing_gatherer_answers_everybody_who_is_in_and_takes_no_more():
    action = Action(gate=Event())

    async def stop_in_the_middle():
        gatherer = Gatherer(action, name="test")
        crowd = [asyncio.ensure_future(gatherer.take(number)) for number in range(5)]
        await asyncio.get_running_loop().run_in_executor(None, action.began.wait, 10)
        closing = asyncio.ensure_future(gatherer.close())
        await asyncio.sleep(0)
        late = await gatherer.take(6)
        action.gate.set()
        await closing
        return [caller.done() and caller.result() for caller in crowd], late

    answers, late = asyncio.run(stop_in_the_middle())
    assert answers == [TAKEN] * 5
    assert late is Failure.BUSY


def test_a_full_queue_refuses_at_once_and_whoever_is_in_is_answered():
    action = Action(gate=Event())

    async def crowd():
        gatherer = Gatherer(action, name="test", longest=20)
        first = asyncio.ensure_future(gatherer.take(0))
        await asyncio.get_running_loop().run_in_executor(None, action.began.wait, 10)
        waiting = [asyncio.ensure_future(gatherer.take(number)) for number in range(101, 121)]
        await asyncio.sleep(0)
        refused = [await gatherer.take(number) for number in range(121, 131)]
        action.gate.set()
        answers = await asyncio.gather(first, *waiting)
        await gatherer.close()
        return answers, refused

    assert asyncio.run(crowd()) == ([TAKEN] * 21, [Failure.BUSY] * 10)


def test_a_caller_who_leaves_does_not_stop_the_batch():
    action = Action(gate=Event())

    async def one_leaves():
        gatherer = Gatherer(action, name="test")
        leaving, staying = asyncio.ensure_future(gatherer.take(1)), asyncio.ensure_future(gatherer.take(2))
        await asyncio.get_running_loop().run_in_executor(None, action.began.wait, 10)
        leaving.cancel()
        action.gate.set()
        outcome = await staying
        await gatherer.close()
        return outcome

    assert asyncio.run(one_leaves()) is TAKEN
    assert action.batches == [[1, 2]]


def test_a_deadlock_is_tried_again_and_a_lost_database_is_not():
    tries = []

    def deadlocked_once(batch):
        tries.append(batch)
        if len(tries) == 1:
            raise OperationalError from DeadlockDetected()
        return dict.fromkeys(batch, TAKEN)

    def lost(batch):
        tries.append(batch)
        raise InterfaceError

    assert perform(deadlocked_once, [1, 2]) == {1: TAKEN, 2: TAKEN}
    tries.clear()
    assert perform(lost, [1, 2]) == dict.fromkeys([1, 2], Failure.NO_DATABASE)
    assert len(tries) == 1


@pytest.mark.parametrize(
    ("cause", "failure"),
    [
        (LockNotAvailable(), Failure.BUSY),
        (QueryCanceled(), Failure.BUSY),
        (DiskFull(), Failure.NO_ROOM),
        (AdminShutdown(), Failure.NO_DATABASE),
        (ReadOnlySqlTransaction(), Failure.NO_DATABASE),
    ],
)
def test_what_ails_the_database_is_told_apart_however_it_is_wrapped(cause, failure):
    def announcing(batch):
        raise ConnectorException from cause  # as the job library says it

    assert perform(announcing, [1, 2]) == dict.fromkeys([1, 2], failure)


def test_a_batch_of_one_raises_its_refusal():
    action = Action()
    assert take_one(action, 1) is TAKEN
    with pytest.raises(Refused, match="no"):
        take_one(action, -1)


def test_two_acts_cannot_have_one_name():
    act = MassAct(name="only-here", make=lambda *_: 1, act=Action(), thanks="")
    register(act)
    register(act)
    with pytest.raises(ValueError, match="only-here"):
        register(MassAct(name="only-here", make=lambda *_: 2, act=Action(), thanks=""))
    assert act_named("only-here") is act
