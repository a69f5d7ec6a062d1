"""How many files one address may have checked a minute: checking is dear, and whole villages share one address."""

from collections import Counter
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from edem.kernel.errors import TooOften

WINDOW_SECONDS: Final = 60.0
FILES_OF_ADDRESS: Final = 30


@dataclass(kw_only=True)
class Limits:
    most: int = FILES_OF_ADDRESS
    _window: float = -1.0
    _counts: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def check_may_ask(self, address: str, *, moment: float) -> None:
        """`moment` is any steady clock in seconds."""
        window = moment // WINDOW_SECONDS
        with self._lock:
            if window != self._window:
                self._window = window
                self._counts.clear()
            self._counts[address] += 1
            if self._counts[address] > self.most:
                raise TooOften("identity.signatures_too_often")

    def forget(self) -> None:
        with self._lock:
            self._counts.clear()


LIMITS: Final = Limits()
