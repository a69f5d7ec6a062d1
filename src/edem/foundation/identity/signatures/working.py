"""One worker process: takes a job, answers it, takes the next. It knows neither Django nor the secrets."""

import os
import resource
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Final

from edem.kernel.kep.errors import Unreadable

MOST_MEMORY: Final = 2 * 2**30
"""Bytes of address space: a file that wants more ends its worker, not the machine."""

Work = Callable[..., Any]


@dataclass(frozen=True)
class Job:
    """A function of a module (it crosses the border by its name) and what it is called with."""

    work: Work
    given: dict[str, Any]


@dataclass(frozen=True)
class Done:
    result: Any


@dataclass(frozen=True)
class NotReadable:
    fault: Unreadable


@dataclass(frozen=True)
class Broken:
    """A fault of ours, with its story for the journal."""

    story: str


def serve(connection: Connection) -> None:
    """Runs in the child until the parent goes away."""
    _take_off_what_is_not_needed()
    while True:
        try:
            job = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(answer_to(job))


def answer_to(job: Job) -> Done | NotReadable | Broken:
    try:
        return Done(job.work(**job.given))
    except Unreadable as fault:
        return NotReadable(fault)
    except MemoryError:
        return NotReadable(Unreadable("work.too_much_memory"))
    except Exception:  # noqa: BLE001 - whatever it is, the parent is told and the worker lives on
        return Broken(traceback.format_exc())


def _take_off_what_is_not_needed() -> None:
    """A stranger's file is read here: no keys in the environment, no memory without end."""
    os.environ.clear()
    # Ctrl-C in a terminal goes to the whole group; the parent says when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(ValueError, OSError):  # macOS knows the limit and does not set it
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
