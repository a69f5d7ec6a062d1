"""`manage.py work`: runs the jobs until it is told to stop."""

import asyncio
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from edem.foundation.events.worker import BEAT, work, work_once


class Command(BaseCommand):
    help = "Run the jobs until SIGTERM or Ctrl-C; jobs in hand are finished first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=4, help="jobs at a time")
        parser.add_argument("--patience", type=float, default=30, help="seconds given to jobs in hand when stopping")
        parser.add_argument("--beat", type=float, default=BEAT, help="seconds between two signs of life")
        parser.add_argument("--once", action="store_true", help="run what is due and stop")

    def handle(self, *_: Any, **options: Any) -> None:
        if os.name == "nt":
            asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())  # type: ignore[attr-defined]
        if options["once"]:
            asyncio.run(work_once(concurrency=options["concurrency"]))
        else:
            wanted = {name: options[name] for name in ("concurrency", "patience", "beat")}
            asyncio.run(work(**wanted))
