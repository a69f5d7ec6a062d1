"""A small disk of a test's own, to be filled to the brim. Only root may make one."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tools.postgres.account import Account

by_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount the small disk that is filled here")

_CHUNK = b"x" * 65_536


@contextmanager
def small_disk(folder: Path, *, megabytes: int, account: Account | None = None) -> Iterator["Disk"]:
    uid, gid = (account.uid or 0, account.gid or 0) if account else (0, 0)
    options = f"size={megabytes}m,mode=0700,uid={uid},gid={gid}"
    mounting = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    made = subprocess.run(mounting, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        pytest.skip(f"this machine lets nobody mount a disk: {made.stderr.strip()}")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


class Disk:
    def __init__(self, folder: Path) -> None:
        self.folder, self._filler = folder, folder / "filler"

    def fill(self) -> None:
        """Until not one more byte fits."""
        with suppress(OSError), self._filler.open("ab", buffering=0) as filler:
            while True:
                filler.write(_CHUNK)

    def free(self) -> None:
        self._filler.unlink()
