"""What the person sees while the launcher works: a line for each step, with its seconds."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(line: str = "") -> None:
    print(line, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """`· Title …` at once, and the seconds when it is done."""
    began = time.monotonic()
    print(f"· {title} …", end=_after_title(), flush=True)
    try:
        yield
    except BaseException:
        print(f"  failed after {time.monotonic() - began:.1f} s", flush=True)
        raise
    print(f"  {time.monotonic() - began:.1f} s", flush=True)


def _after_title() -> str:
    # In a log file the title stays visible at once, on a line of its own.
    return "" if sys.stdout.isatty() else "\n"
