"""`manage.py work`: runs the jobs until it is told to stop."""

import asyncio
import os
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate import App
from procrastinate.contrib.django import app


class Command(BaseCommand):
    help = "Run the jobs until SIGTERM or Ctrl-C; jobs in hand are finished first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=4, help="jobs at a time")
        parser.add_argument("--patience", type=float, default=30, help="seconds given to jobs in hand when stopping")
        parser.add_argument("--once", action="store_true", help="run what is due and stop")

    def handle(self, *_: Any, **options: Any) -> None:
        if os.name == "nt":
            asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())  # type: ignore[attr-defined]
        given = {name: options[name] for name in ("concurrency", "patience", "once")}
        asyncio.run(work(worker_app(), **given))


async def work(own: App, *, concurrency: int, patience: float, once: bool) -> None:
    """Work until told to stop; `once`: until nothing is left that should have begun by now."""
    async with own.open_async():
        if not once:
            await own.run_worker_async(concurrency=concurrency, shutdown_graceful_timeout=patience)
        while once and await _is_work_left(own):
            await own.run_worker_async(concurrency=concurrency, wait=False, listen_notify=False)


async def _is_work_left(own: App) -> bool:
    now = datetime.now(UTC)  # noqa: TID251 - the edge
    waiting = await own.job_manager.list_jobs_async(status="todo")
    return any(job.scheduled_at is None or job.scheduled_at <= now for job in waiting)


def worker_app() -> App:
    """The same tasks over the worker's own connections; what tasks announce stays in Django's transaction."""
    own = App(connector=app.connector.get_worker_connector())  # type: ignore[attr-defined]
    own.tasks, own.periodic_registry = app.tasks, app.periodic_registry
    return own
