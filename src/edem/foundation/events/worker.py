"""The worker's own life: it works until it is told to stop, and outlives a restart of the database."""

import asyncio
import logging
import signal
from contextlib import suppress
from datetime import UTC, datetime

import psycopg
from asgiref.sync import sync_to_async
from django.db import close_old_connections
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker

from edem.foundation.events.leftovers import give_back_after_loss, give_back_what_is_in_no_hand

logger = logging.getLogger(__name__)

_PAUSE = 3.0
"""Seconds between attempts to reach the database again."""
_LOST_AFTER = 5.0
"""Seconds in which a connection must come from the pool; without one the database is lost."""


BEAT = 10.0
"""Seconds between two signs of life. Who is silent for a minute is taken for dead (keeping.py)."""


async def work(*, concurrency: int, patience: float, beat: float = BEAT) -> None:
    told_to_stop = asyncio.Event()
    _listen_to_signals(told_to_stop)
    lost: int | None = None
    while not told_to_stop.is_set():
        try:
            await _knock()
            # The library's clock defers over Django's connection, which does not mend by itself what broke.
            await sync_to_async(close_old_connections)()
            async with worker_app().open_async() as own:
                await give_back_after_loss(own, lost)
                worker = Worker(
                    own, concurrency=concurrency, shutdown_graceful_timeout=patience, install_signal_handlers=False
                )
                try:
                    await _work_while_connected(own, worker, told_to_stop, beat=beat)
                finally:
                    lost = worker.worker_id  # None: it could take its leave
        except (ConnectorException, psycopg.Error) as error:
            logger.error("the worker lost the database: %s", type(error).__name__)  # noqa: TRY400 - its words name hosts
        with suppress(TimeoutError):
            await asyncio.wait_for(told_to_stop.wait(), _PAUSE)


async def work_once(own: App | None = None, *, concurrency: int = 1) -> None:
    """Until nothing is left that should have begun by now."""
    async with (own or worker_app()).open_async() as opened:
        while await _is_work_left(opened):
            await opened.run_worker_async(concurrency=concurrency, wait=False, listen_notify=False)


def worker_app() -> App:
    """The same tasks over the worker's own connections; what tasks announce stays in Django's transaction."""
    own = App(connector=PsycopgConnector(kwargs=connector_params(), timeout=_LOST_AFTER))
    own.tasks, own.periodic_registry = app.tasks, app.periodic_registry
    return own


async def _knock() -> None:
    """Without a database there is nothing to begin with: the pool would wait for it long, and then break."""
    async with await psycopg.AsyncConnection.connect(**connector_params()):
        pass


async def _work_while_connected(own: App, worker: Worker, told_to_stop: asyncio.Event, *, beat: float) -> None:
    """Ends when told to stop, or by itself when a part of the worker has lost its connection."""
    working = asyncio.create_task(worker.run())  # type: ignore[no-untyped-call]  # the library says no types of it
    beating = asyncio.create_task(_beat(own, worker, beat))
    stopping = asyncio.create_task(told_to_stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    working.cancel()  # procrastinate takes it as a wish: jobs in hand are finished
    try:
        with suppress(asyncio.CancelledError):
            await working
    finally:
        beating.cancel()


async def _beat(own: App, worker: Worker, seconds: float) -> None:
    """The library falls silent as soon as it begins to stop; whoever still has a job in hand is alive all the same."""
    not_in_hand: frozenset[int] = frozenset()
    while True:
        await asyncio.sleep(seconds)
        if worker.worker_id is not None:
            with suppress(ConnectorException):
                await own.job_manager.update_heartbeat(worker.worker_id)
                not_in_hand = await give_back_what_is_in_no_hand(own, worker, seen_before=not_in_hand)


def _listen_to_signals(told_to_stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # Windows: there Ctrl-C ends the loop by itself
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, told_to_stop.set)


async def _is_work_left(own: App) -> bool:
    now = datetime.now(UTC)  # noqa: TID251 - the edge
    waiting = await own.job_manager.list_jobs_async(status="todo")
    return any(job.scheduled_at is None or job.scheduled_at <= now for job in waiting)
