"""How often something happened this minute: as one process counts, or all those of a server (decision 0020)."""

import logging
import mmap
import os
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Final

WINDOW_SECONDS: Final = 60.0
log = logging.getLogger(__name__)

_PROCESSES: Final = Path("/proc")
"""Elsewhere than on Linux nobody is taken for dead."""

_WINDOW, _ABOUT, _TIMES = range(3)
"""A row: the window, what it is about (as a digest: no address is ever written), how often."""
_ROW: Final = 3
_IN_A_BUCKET: Final = 4
_BUCKETS: Final = 16_384
SIZE: Final = _BUCKETS * _IN_A_BUCKET * _ROW * 4
"""Under a megabyte: sixty-five thousand busy senders a minute; beyond that the rarest are forgotten."""


class Table:
    """What one process has counted, in a file that the others read."""

    def __init__(self, file: Path) -> None:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.ftruncate(descriptor, SIZE)
            # Whole numbers, each written at once: byte by byte a neighbour may read 0 between 255 and 256.
            self._numbers = memoryview(mmap.mmap(descriptor, SIZE)).cast("I")
        finally:
            os.close(descriptor)

    def times(self, bucket: int, window: int, about: int) -> int:
        numbers = self._numbers
        for place in places(bucket):
            if numbers[place + _WINDOW] == window and numbers[place + _ABOUT] == about:
                return numbers[place + _TIMES]
        return 0

    def add(self, bucket: int, window: int, about: int) -> int:
        numbers, rarest, least = self._numbers, 0, 2**32
        for place in places(bucket):
            times = numbers[place + _TIMES] if numbers[place + _WINDOW] == window else 0
            if times and numbers[place + _ABOUT] == about:
                numbers[place + _TIMES] = times + 1
                return times + 1
            if times < least:
                rarest, least = place, times
        # Whoever reads meanwhile must not take the forgotten one's number for this one's.
        numbers[rarest + _TIMES] = 1
        numbers[rarest + _ABOUT] = about
        numbers[rarest + _WINDOW] = window
        return 1

    def forget(self) -> None:
        self._numbers.cast("B")[:] = bytes(SIZE)


def places(bucket: int) -> range:
    return range(bucket * _IN_A_BUCKET * _ROW, (bucket + 1) * _IN_A_BUCKET * _ROW, _ROW)


class SharedTable:
    """The tables of all the processes of one server. Each writes its own alone, so nobody waits and nothing is lost."""

    def __init__(self, folder: Path, *, server: int, process: int) -> None:
        self._folder, self._server = folder, server
        self._own_file = folder / f"counts-{server}-{process}"
        self._own = Table(self._own_file)
        self._own.forget()
        self._others: dict[Path, Table] = {}
        self._looked_at = -1
        self._key = start_of_machine()

    def count(self, key: str, *, moment: float) -> int:
        if int(moment) != self._looked_at:
            self._looked_at = int(moment)
            self._look_round()
        window = int(moment // WINDOW_SECONDS) & 0xFFFF_FFFF
        digest = blake2b(key.encode(), digest_size=8, key=self._key).digest()
        bucket, about = int.from_bytes(digest[:4]) % _BUCKETS, int.from_bytes(digest[4:])
        return self._own.add(bucket, window, about) + sum(
            each.times(bucket, window, about) for each in self._others.values()
        )

    def forget(self) -> None:
        self._own.forget()

    def _look_round(self) -> None:
        """Who else serves now; files of processes that are gone, of whatever server, are taken away."""
        found: dict[Path, Table] = {}
        for file in self._folder.glob("counts-*"):
            _, server, process = file.name.split("-")
            if file == self._own_file:
                continue
            if is_gone(process):
                file.unlink(missing_ok=True)
            elif server == f"{self._server}":
                found[file] = self._others.get(file) or Table(file)
        self._others = found


def is_gone(process: str) -> bool:
    return _PROCESSES.exists() and not (_PROCESSES / process).exists()


def start_of_machine() -> bytes:
    """Steady clocks begin anew when a machine does: what was counted before must not look like now."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_bytes().strip()[:64]
    except OSError:
        return b"e-DEM"


_shared: SharedTable | None = None


def share_counts(folder: Path) -> None:
    """From now on whatever has a name is counted with the other children of the same parent."""
    global _shared  # noqa: PLW0603 - one for the process, set once when it starts to serve
    try:
        _shared = SharedTable(folder, server=os.getppid(), process=os.getpid())
    except OSError as fault:
        log.warning("Limits are counted by each process alone, for %s cannot be shared: %s", folder, fault)


@dataclass(kw_only=True)
class Counts:
    name: str = ""
    """Without a name nothing is shared."""
    _window: int = -1
    _times: Counter[Hashable] = field(default_factory=Counter)

    def count(self, key: Hashable, *, moment: float) -> int:
        """How often it happened this minute, this time included; `moment` is the machine's steady clock."""
        if self.name and _shared is not None:
            return _shared.count(f"{self.name} {key!r}", moment=moment)
        window = int(moment // WINDOW_SECONDS)
        if window != self._window:
            self._window = window
            self._times.clear()
        self._times[key] += 1
        return self._times[key]

    def forget(self) -> None:
        self._times.clear()
        if self.name and _shared is not None:
            _shared.forget()
