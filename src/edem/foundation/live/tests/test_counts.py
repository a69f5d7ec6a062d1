"""Counts: read once for everybody, moved by one ticker, honest about their moment."""

import asyncio
from datetime import datetime

import pytest

from edem.foundation.live import counters
from edem.foundation.live.counters import LiveCounter, Shown
from edem.foundation.live.counts import Counts, Watch


class Source:
    def __init__(self) -> None:
        self.payloads: dict[int, dict[str, int]] = {1: {"count": 5}}
        self.readings: list[tuple[list[int], datetime | None]] = []

    def read(self, ids, since):
        self.readings.append((sorted(ids), since))
        return {
            number: Shown(community_id=1, payload=self.payloads[number]) for number in ids if number in self.payloads
        }


@pytest.fixture
def source(monkeypatch) -> Source:
    source = Source()
    monkeypatch.setitem(counters._COUNTERS, "things", LiveCounter(name="things", read=source.read))
    return source


def test_many_readers_at_once_are_one_reading(source):
    async def story():
        counts = Counts(interval=60)
        found = await asyncio.gather(*(counts.now(("things", 1)) for _ in range(100)))
        counts.close()
        return {count.payload["count"] for count in found}

    assert asyncio.run(story()) == {5}
    assert len(source.readings) == 1


def test_what_is_not_public_has_no_payload_and_an_unknown_counter_neither(source):
    async def story():
        counts = Counts(interval=60)
        return (await counts.now(("things", 2))).payload, (await counts.now(("nothing", 1))).payload

    assert asyncio.run(story()) == (None, None)


def test_only_what_moved_wakes_its_listeners(source):
    async def story():
        counts = Counts(interval=60)
        source.payloads[2] = {"count": 0}
        watches = {number: counts.watches.setdefault(("things", number), Watch()) for number in (1, 2)}
        for number in (1, 2):
            await counts.now(("things", number))
        source.payloads[1] = {"count": 6}
        await counts.tick()
        counts.close()
        return watches[1].newest, watches[2].newest

    moved, unmoved = asyncio.run(story())
    assert moved.payload == {"count": 6}
    assert unmoved is None


def test_a_tick_looks_back_over_the_last_so_that_a_late_commit_is_seen(source):
    async def story():
        counts = Counts(interval=60)
        counts.watches[("things", 1)] = Watch()
        await counts.tick()
        await counts.tick()
        counts.close()

    asyncio.run(story())
    (_, first), (_, second) = source.readings
    assert first is None
    assert second is not None


def test_a_hidden_subject_is_told_to_its_listeners_after_missed_notices(source):
    async def story():
        counts = Counts(interval=60)
        watch = counts.watches.setdefault(("things", 1), Watch())
        await counts.tick()
        del source.payloads[1]
        counts.forget()
        await counts.tick()
        counts.close()
        return watch.newest

    assert asyncio.run(story()).payload is None
