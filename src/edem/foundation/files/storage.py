"""Where uploaded files lie: in a folder, as Django's own storage keeps them."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import IO, Any, Final

from django.core.files.storage import FileSystemStorage

AT_A_TIME: Final = 8
"""The disk writes several out in the time of one: what they share is written once."""

_TOGETHER: ContextVar[list[Path] | None] = ContextVar("together", default=None)
_known: set[Path] = set()
"""Folders whose own names are on the disk."""


class LastingStorage(FileSystemStorage):
    """A file is on the disk, and not only in memory, before its sender hears that it was taken: so is its row."""

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        _known.add(Path(self.location))  # the installation made it
        kept = super().save(name, content, max_length=max_length)
        file = Path(self.path(kept))
        waiting = _TOGETHER.get()
        if waiting is None:
            write_out([file])
        else:
            waiting.append(file)
        return kept


@contextmanager
def written_out_together() -> Iterator[None]:
    """Files saved within are all on the disk at its end; nobody may hear of one of them before."""
    waiting: list[Path] = []
    before = _TOGETHER.set(waiting)
    try:
        yield
    finally:
        _TOGETHER.reset(before)
    write_out(waiting)


@cache
def _writers() -> ThreadPoolExecutor:
    """Kept: a storm brings a batch every few milliseconds, and to begin a thread takes as long as to write a file."""
    return ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="files")


os.register_at_fork(after_in_child=_writers.cache_clear)  # threads stay behind


def write_out(files: Iterable[Path]) -> None:
    """The files, then their names in their folders, and the names of folders that are new."""
    files = list(files)
    if len(files) > 1:
        list(_writers().map(synced, files))
    else:
        list(map(synced, files))
    for folder in sorted({file.parent for file in files}):
        for each in new_ones(folder):
            synced(each)


def new_ones(folder: Path) -> Iterator[Path]:
    """The folder, and those above it for as long as they were not written out by this process."""
    yield folder
    while folder not in _known:
        _known.add(folder)
        folder = folder.parent
        yield folder


def synced(place: Path) -> None:
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
