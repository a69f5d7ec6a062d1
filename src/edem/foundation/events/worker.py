"""The worker's own life: it works until it is told to stop, and outlives a restart of the database."""

import asyncio
import logging
import signal
from contextlib import suppress
from datetime import UTC, datetime

from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

logger = logging.getLogger(__name__)

_PAUSE = 3.0
"""Seconds between attempts to reach the database again."""


async def work(*, concurrency: int, patience: float) -> None:
    told_to_stop = asyncio.Event()
    _listen_to_signals(told_to_stop)
    while not told_to_stop.is_set():
        try:
            await _work_while_connected(told_to_stop, concurrency=concurrency, patience=patience)
        except ConnectorException as lost:
            logger.error("the worker lost the database: %s", type(lost).__name__)  # noqa: TRY400 - its words name hosts
        with suppress(TimeoutError):
            await asyncio.wait_for(told_to_stop.wait(), _PAUSE)


async def work_once(own: App | None = None, *, concurrency: int = 1) -> None:
    """Until nothing is left that should have begun by now."""
    async with (own or worker_app()).open_async() as opened:
        while await _is_work_left(opened):
            await opened.run_worker_async(concurrency=concurrency, wait=False, listen_notify=False)


def worker_app() -> App:
    """The same tasks over the worker's own connections; what tasks announce stays in Django's transaction."""
    own = App(connector=app.connector.get_worker_connector())  # type: ignore[attr-defined]
    own.tasks, own.periodic_registry = app.tasks, app.periodic_registry
    return own


async def _work_while_connected(told_to_stop: asyncio.Event, *, concurrency: int, patience: float) -> None:
    """Ends when told to stop, or by itself when a part of the worker has lost its connection."""
    async with worker_app().open_async() as own:
        working = asyncio.create_task(
            own.run_worker_async(
                concurrency=concurrency, shutdown_graceful_timeout=patience, install_signal_handlers=False
            )
        )
        stopping = asyncio.create_task(told_to_stop.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        working.cancel()  # procrastinate takes it as a wish: jobs in hand are finished
        with suppress(asyncio.CancelledError):
            await working


def _listen_to_signals(told_to_stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # Windows: there Ctrl-C ends the loop by itself
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, told_to_stop.set)


async def _is_work_left(own: App) -> bool:
    now = datetime.now(UTC)  # noqa: TID251 - the edge
    waiting = await own.job_manager.list_jobs_async(status="todo")
    return any(job.scheduled_at is None or job.scheduled_at <= now for job in waiting)
