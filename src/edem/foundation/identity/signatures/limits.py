"""How many files one address may have checked a minute: checking is dear, and whole villages share one address."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from edem.kernel.counts import Counts
from edem.kernel.errors import TooOften

FILES_OF_ADDRESS: Final = 30


@dataclass(kw_only=True)
class Limits:
    most: int = FILES_OF_ADDRESS
    name: str = ""
    _counts: Counts = field(init=False)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._counts = Counts(name=self.name)

    def check_may_ask(self, address: str, *, moment: float) -> None:
        """`moment` is any steady clock in seconds."""
        with self._lock:
            if self._counts.count(address, moment=moment) > self.most:
                raise TooOften("identity.signatures_too_often")

    def forget(self) -> None:
        with self._lock:
            self._counts.forget()


LIMITS: Final = Limits(name="signatures")
