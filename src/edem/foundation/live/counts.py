"""What the watched counters show now: read once per interval for all readers together (design §2.1)."""

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final
from zlib import crc32

from django.db import DatabaseError, close_old_connections

from edem.foundation.live.counters import LiveCounter, Payload, Shown, counter_named

log = logging.getLogger(__name__)

Subject = tuple[str, int]

_MOST_REMEMBERED: Final = 20_000
_OVERLAP: Final = timedelta(seconds=30)
"""A batch stamps its moment before it commits: look back far enough to see one that committed late."""


@dataclass(frozen=True)
class Count:
    """One subject as it is shown, and the moment it was true at."""

    shown: Shown | None
    as_of: datetime

    @property
    def payload(self) -> Payload | None:
        return self.shown.payload if self.shown else None

    @cached_property
    def mark(self) -> str:
        return format(crc32(json.dumps(self.payload, sort_keys=True, default=str).encode()), "08x")

    def as_json(self) -> dict[str, object]:
        return {**(self.payload or {}), "as_of": self.as_of.isoformat(timespec="seconds")}

    @cached_property
    def event(self) -> bytes:
        """Written once for all listeners."""
        content = json.dumps(self.as_json(), ensure_ascii=False, separators=(",", ":"), default=str)
        return f"id: {self.mark}\nevent: count\ndata: {content}\n\n".encode()


@dataclass
class Watch:
    """Those who listen to one subject, each with a bell of its own, and the newest count to pass on."""

    bells: set[asyncio.Event] = field(default_factory=set)
    newest: Count | None = None

    def wake(self, count: Count) -> None:
        self.newest = count
        for bell in self.bells:
            bell.set()


class Counts:
    """Remembers each count for an interval; one ticker moves those that are watched."""

    def __init__(self, *, interval: float) -> None:
        self.interval = interval
        self.watches: dict[Subject, Watch] = {}
        self._known: OrderedDict[Subject, Count] = OrderedDict()
        self._reading: dict[Subject, asyncio.Task[Count]] = {}
        self._read_since: datetime | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="counts")

    async def now(self, subject: Subject) -> Count:
        """At most one interval old. Readers of the same subject wait for one reading."""
        known = self._known.get(subject)
        if known is not None and (_clock() - known.as_of).total_seconds() < self.interval:
            return known
        task = self._reading.get(subject)
        if task is None:
            task = self._reading[subject] = asyncio.create_task(self._read_one(subject))
            task.add_done_callback(lambda _: self._reading.pop(subject, None))
        return await asyncio.shield(task)

    def known(self, subject: Subject) -> Count | None:
        return self._known.get(subject)

    async def _read_one(self, subject: Subject) -> Count:
        counter = counter_named(subject[0])
        found = await self._read(counter, [subject[1]], None) if counter else {}
        count = Count(found.get(subject[1]), _clock())
        self._remember(subject, count)
        return count

    async def _read(self, counter: LiveCounter, ids: Sequence[int], since: datetime | None) -> Mapping[int, Shown]:
        def read() -> Mapping[int, Shown]:
            close_old_connections()
            return counter.read(ids, since)

        return await asyncio.get_running_loop().run_in_executor(self._thread, read)

    def _remember(self, subject: Subject, count: Count) -> None:
        self._known[subject] = count
        self._known.move_to_end(subject)
        while len(self._known) > _MOST_REMEMBERED:
            self._known.popitem(last=False)

    async def tick_for_ever(self) -> None:
        while True:
            await asyncio.sleep(self.interval)
            try:
                await self.tick()
            except DatabaseError as lost:
                log.warning("The counters could not be read: %s", lost)
            except Exception:
                log.exception("A live counter failed")

    async def tick(self) -> None:
        """One reading for all that are watched; only what moved is sent on."""
        began, since = _clock(), self._read_since
        for name in {name for name, _ in self.watches}:
            counter = counter_named(name)
            ids = [number for watched, number in self.watches if watched == name]
            moved = await self._read(counter, ids, since and since - _OVERLAP) if counter else {}
            unmoved = {} if since is None else {n: known.shown for n in ids if (known := self.known((name, n)))}
            self._pass_on(name, {number: moved.get(number, unmoved.get(number)) for number in ids}, began)
        self._read_since = began

    def _pass_on(self, name: str, found: Mapping[int, Shown | None], at: datetime) -> None:
        for number, shown in found.items():
            subject, count = (name, number), Count(shown, at)
            before, watch = self.known(subject), self.watches.get(subject)
            self._remember(subject, count)
            if watch is None:
                continue
            before = before or watch.newest
            if before is None or before.payload != count.payload:
                watch.wake(count)

    def forget(self) -> None:
        """Notices were missed: read everything anew."""
        self._known.clear()
        self._read_since = None

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)


def _clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the ticker is an edge: it says as of when a count is true
