"""The server's processes tell each other what they count: whichever of them is asked answers for all.

Each writes its figures to a file of its own once a second, in a folder named after their common parent; a process that
is gone takes its figures with it, and the label `process` keeps the reader's sums right.
"""

import asyncio
import json
import logging
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from edem.kernel.figures import described_figures

log = logging.getLogger(__name__)

_SECONDS: Final = 1.0

Told = Mapping[str, list[dict[str, Any]]]
"""By process id: the described figures."""


class Siblings:
    def __init__(self, state: Path) -> None:
        self._state = state / "figures"
        self._folder = self._state / str(os.getppid())
        self._own = str(os.getpid())
        self._written = ""

    async def tell_for_ever(self) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, self._safely, self._clear_away)
        while True:
            await loop.run_in_executor(None, self._safely, self.tell)
            await asyncio.sleep(_SECONDS)

    def tell(self) -> None:
        """Only what has changed is written: a quiet night costs the disk nothing."""
        words = json.dumps(described_figures())
        if words == self._written and self._file.exists():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._file.with_suffix(".unfinished")
        unfinished.write_text(words)
        unfinished.replace(self._file)
        self._written = words

    def told(self) -> Told:
        """Our own figures as they are now, the others' as they told them last."""
        others = {name: figures for name, figures in self._read() if name != self._own}
        return {**others, self._own: described_figures()}

    def leave(self) -> None:
        self._file.unlink(missing_ok=True)

    @property
    def _file(self) -> Path:
        return self._folder / f"{self._own}.json"

    def _read(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        for path in sorted(self._folder.glob("*.json")):
            if is_alive(path.stem):
                try:
                    yield path.stem, json.loads(path.read_text())
                except FileNotFoundError:  # it has just left
                    continue

    def _clear_away(self) -> None:
        """What killed processes left behind."""
        for folder in self._state.glob("*"):
            if not is_alive(folder.name):
                shutil.rmtree(folder, ignore_errors=True)
        for path in self._folder.glob("*.json"):
            if not is_alive(path.stem):
                path.unlink(missing_ok=True)

    @staticmethod
    def _safely(act: Any) -> None:
        """A full disk must not end the counting, let alone the server."""
        try:
            act()
        except OSError as failed:
            log.warning("The figures could not be written: %s", failed.strerror)


def is_alive(process: str) -> bool:
    if not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
