"""What a process counts about itself while it works; `config.watch` publishes it in OpenMetrics form.

Plain numbers behind a lock: a count costs about a microsecond, so the hottest path may count too. A label's
value is one of few known words, never a person's.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any, Final

Labels = tuple[str, ...]
Series = list[tuple[Labels, list[float]]]

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
SIZES: Final = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0)

_KNOWN: dict[str, "Figure"] = {}


class Figure:
    """One family of numbers, told apart by labels."""

    kind: str = "gauge"

    def __init__(self, name: str, help_text: str, *, labels: Sequence[str] = (), unit: str = "") -> None:
        if name in _KNOWN:
            raise ValueError(f"Two figures are called {name!r}")
        self.name, self.help_text, self.labels, self.unit = name, help_text, tuple(labels), unit
        self._lock = Lock()
        _KNOWN[name] = self

    def series(self) -> Series:
        raise NotImplementedError

    def described(self) -> dict[str, Any]:
        """The family with its numbers, as it travels between the processes of one server."""
        return {
            "name": self.name, "kind": self.kind, "help": self.help_text, "unit": self.unit,
            "labels": self.labels, "bounds": getattr(self, "bounds", ()), "series": self.series(),
        }  # fmt: skip


class Count(Figure):
    """Only grows; begins anew with the process."""

    kind = "counter"

    def __init__(self, name: str, help_text: str, *, labels: Sequence[str] = (), unit: str = "") -> None:
        super().__init__(name, help_text, labels=labels, unit=unit)
        self._values: dict[Labels, float] = {}

    def add(self, *labels: str, by: float = 1) -> None:
        with self._lock:
            self._values[labels] = self._values.get(labels, 0) + by

    def series(self) -> Series:
        with self._lock:
            return [(labels, [value]) for labels, value in sorted(self._values.items())]


class Spread(Figure):
    """How often a measured value fell below each bound (a histogram)."""

    kind = "histogram"

    def __init__(
        self, name: str, help_text: str, *, bounds: Sequence[float], labels: Sequence[str] = (), unit: str = ""
    ) -> None:
        super().__init__(name, help_text, labels=labels, unit=unit)
        self.bounds = tuple(bounds)
        self._values: dict[Labels, list[float]] = {}

    def add(self, value: float, *labels: str) -> None:
        with self._lock:
            found = self._values.get(labels)
            if found is None:
                found = self._values[labels] = [0.0] * (len(self.bounds) + 2)
            found[bisect_left(self.bounds, value)] += 1
            found[-1] += value

    def series(self) -> Series:
        """For each: the count of every bucket, then of what lies above them all, then the sum."""
        with self._lock:
            return [(labels, list(values)) for labels, values in sorted(self._values.items())]


class Level(Figure):
    """Goes up and down; `read` is asked at the moment of looking."""

    def __init__(self, name: str, help_text: str, *, labels: Sequence[str] = (), unit: str = "") -> None:
        super().__init__(name, help_text, labels=labels, unit=unit)
        self.read: Callable[[], Mapping[Labels, float]] = dict

    def series(self) -> Series:
        return [(labels, [value]) for labels, value in sorted(self.read().items())]


def described_figures() -> list[dict[str, Any]]:
    return [figure.described() for _, figure in sorted(_KNOWN.items())]
