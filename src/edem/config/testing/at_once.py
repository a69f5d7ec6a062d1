"""Several people at the same moment: what the database promises when nobody waits politely."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from edem.kernel.errors import Refused

DONE = "done"


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each call returned; each runs on a thread and a connection of its own, all let go at the same moment."""
    gate = Barrier(len(calls), timeout=20)

    def run(call: Callable[[], Any]) -> Any:
        try:
            gate.wait()
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as people:
        return [each.result(timeout=30) for each in [people.submit(run, call) for call in calls]]


def tried_at_once(*acts: Callable[[], object]) -> list[str]:
    """As `at_once`, where some are refused: the code of each one's refusal, or `DONE`."""
    return at_once(*(lambda act=act: _tried(act) for act in acts))


def _tried(act: Callable[[], object]) -> str:
    try:
        act()
    except Refused as refusal:
        return refusal.code
    return DONE
