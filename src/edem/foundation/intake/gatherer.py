"""Gathers the acts that come at the same time into one batch, one statement and one commit (design §3.3).

While one batch is being committed the next one queues: the heavier the load, the larger the batches. Whoever comes
alone goes at once; in a crowd a batch waits a breath for those who are just answered and ask again, since every batch
holds its subjects' locks against the other processes, and half-empty ones hold them twice as often.
"""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from edem.foundation.intake.acts import Action, Outcome
from edem.foundation.intake.failures import Failure
from edem.foundation.intake.figures import count_batch
from edem.foundation.intake.performing import Verdict, perform

LARGEST_BATCH: Final = 2_000
LONGEST_QUEUE: Final = 4_000
"""Well under the requests that a server process holds open, so that the one too many is told so and does not hang."""

CROWD: Final = 8
"""A batch of so many says that more are coming."""
BREATH: Final = 0.008
"""Seconds that a crowd's next batch gathers; measured (docs/performance.md)."""

Waiting = dict[Any, "asyncio.Future[Outcome | Failure]"]


class Gatherer:
    """For one act, in one process: a queue on the event loop and one worker thread with its own connection."""

    def __init__(
        self, action: Action, *, name: str, largest: int = LARGEST_BATCH, longest: int = LONGEST_QUEUE
    ) -> None:
        self._action, self._name = action, name
        self._largest, self._longest = largest, longest
        self._queue: list[tuple[Any, asyncio.Future[Outcome | Failure]]] = []
        self._idle = asyncio.Event()
        self._idle.set()
        self._closing = False
        self._last = 0
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"acts-{name}")

    async def take(self, item: Any) -> Outcome | Failure:
        """What became of the item, after the commit of the batch that carried it."""
        if self._closing or len(self._queue) >= self._longest:
            return Failure.BUSY
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Outcome | Failure] = loop.create_future()
        self._queue.append((item, answer))
        if self._idle.is_set():
            self._idle.clear()
            self._send_soon(loop)
        return await answer

    def _send_soon(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._last < CROWD or self._closing:
            loop.call_soon(self._send_off)
        else:
            loop.call_later(BREATH, self._send_off)

    def _send_off(self) -> None:
        batch = self._next_batch()
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(self._thread, perform, self._action, list(batch))
        work.add_done_callback(lambda done: self._settle(batch, done))

    def _next_batch(self) -> Waiting:
        """The first of the queue; an item equal to one in the batch waits, to be told what became of it."""
        batch: Waiting = {}
        later = []
        for place, (item, answer) in enumerate(self._queue):
            if len(batch) >= self._largest:
                later += self._queue[place:]
                break
            if item in batch:
                later.append((item, answer))
            else:
                batch[item] = answer
        self._queue = later
        return batch

    def _settle(self, batch: Waiting, done: "asyncio.Future[Mapping[Any, Verdict]]") -> None:
        verdicts: Mapping[Any, Verdict] = {} if done.cancelled() or done.exception() else done.result()
        count_batch(self._name, verdicts.values())
        for item, answer in batch.items():
            if not answer.done():  # its caller may have gone; the act stands all the same
                answer.set_result(verdicts.get(item, Failure.BUG))
        self._last = len(batch)
        if self._queue:
            self._send_soon(asyncio.get_running_loop())
        else:
            self._idle.set()

    async def close(self) -> None:
        """Take no more; answer everybody who is in."""
        self._closing = True
        await self._idle.wait()
        await asyncio.get_running_loop().run_in_executor(None, self._thread.shutdown)
