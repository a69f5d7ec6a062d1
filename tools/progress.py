"""What the person sees while the launcher works: a line for each step, with its seconds."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# In a log file, how often a long step says that it is alive.
SECONDS_BETWEEN_LINES = 15.0


def say(line: str = "") -> None:
    print(line, flush=True)


@dataclass
class Step:
    title: str
    began: float = field(default_factory=time.monotonic)
    said: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def is_at(self, detail: str) -> None:
        """How far the step has come: the line is rewritten in a terminal, repeated now and then in a log."""
        if sys.stdout.isatty():
            print(f"\r· {self.title}: {detail}, {self.seconds:.0f} s\033[K", end="", flush=True)
        elif time.monotonic() - self.said > SECONDS_BETWEEN_LINES:
            self.said = time.monotonic()
            print(f"  {detail}, {self.seconds:.0f} s", flush=True)

    def ends(self, word: str) -> None:
        back = "\r" if sys.stdout.isatty() else ""
        rest = "\033[K" if sys.stdout.isatty() else ""
        print(f"{back}{word} {self.title}, {self.seconds:.1f} s{rest}", flush=True)


@contextmanager
def step(title: str) -> Iterator[Callable[[str], None]]:
    """The title at once, and the seconds when it is done; yields how to say how far it has come."""
    current = Step(title)
    print(f"· {title} …", end="" if sys.stdout.isatty() else "\n", flush=True)
    try:
        yield current.is_at
    except BaseException:
        current.ends("✗")
        raise
    current.ends("✓")
