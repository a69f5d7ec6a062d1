"""What the system says of a process: processor time, memory, open files, age. Linux only; elsewhere nothing is said."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import time
from typing import Final

from edem.config.watch.openmetrics import Family, Sample

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_UTIME, _STIME, _THREADS, _START, _RSS = 11, 12, 17, 19, 21
"""Places in /proc/<pid>/stat, counted after the program's name."""


def process_families(processes: Sequence[str]) -> list[Family]:
    read = {name: figures for name in processes if (figures := dict(_figures(name)))}
    return [
        Family(
            name=name, kind=kind, help_text=help_text, unit=unit,
            samples=[Sample({"process": process}, figures[name]) for process, figures in read.items()],
        )
        for name, kind, help_text, unit in _FAMILIES
    ]  # fmt: skip


_FAMILIES: Final = (
    ("edem_process_cpu_seconds", "counter", "Processor time used.", "seconds"),
    ("edem_process_resident_memory_bytes", "gauge", "Memory held.", "bytes"),
    ("edem_process_open_files", "gauge", "Open files and connections.", ""),
    ("edem_process_threads", "gauge", "Threads.", ""),
    ("edem_process_start_time_seconds", "gauge", "When the process began, Unix time.", "seconds"),
)


def _figures(process: str) -> Iterator[tuple[str, float]]:
    folder = Path("/proc") / process
    try:
        words = (folder / "stat").read_text().rpartition(")")[2].split()
        files = len(list((folder / "fd").iterdir()))
        up = float(Path("/proc/uptime").read_text().split()[0])
    except OSError:
        return
    yield "edem_process_cpu_seconds", (int(words[_UTIME]) + int(words[_STIME])) / _TICKS
    yield "edem_process_resident_memory_bytes", int(words[_RSS]) * _PAGE
    yield "edem_process_open_files", files
    yield "edem_process_threads", int(words[_THREADS])
    yield "edem_process_start_time_seconds", round(time() - up + int(words[_START]) / _TICKS)
