"""`manage.py work`: runs the jobs until it is told to stop."""

import asyncio
import os
from argparse import ArgumentParser
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
        asyncio.run(work(**{name: options[name] for name in ("concurrency", "patience", "once")}))


async def work(*, concurrency: int, patience: float, once: bool) -> None:
    async with worker_app().open_async() as own:
        await own.run_worker_async(
            concurrency=concurrency,
            shutdown_graceful_timeout=patience,
            wait=not once,
            listen_notify=not once,
        )


def worker_app() -> App:
    """The same tasks over the worker's own connections; what tasks announce stays in Django's transaction."""
    own = App(connector=app.connector.get_worker_connector())  # type: ignore[attr-defined]
    own.tasks, own.periodic_registry = app.tasks, app.periodic_registry
    return own
