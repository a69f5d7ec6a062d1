"""Visitors who read one petition's page at a steady rate, from a process of their own."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from selectors import EVENT_READ, DefaultSelector

from tests.load import ground
from tests.load.load import put_load

CALLERS = 16


@dataclass
class Visitors:
    read: int = 0


@contextmanager
def visiting(port: int, petition: int, *, rate: int) -> Iterator[Visitors]:
    """While the block runs; afterwards `read` says how many pages were read, each answered with 200."""
    visitors = Visitors()
    if not rate:
        yield visitors
        return
    told = [sys.executable, "-c", "from tests.load.visitors import main; main()", *map(str, (port, petition, rate))]
    process = subprocess.Popen(told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield visitors
    finally:
        said, _ = process.communicate("enough\n")
    if process.returncode:
        raise SystemExit("The visitors were not let in")
    visitors.read = int(said)


def page_request(port: int, petition: int) -> bytes:
    return (
        f"GET /{ground.SLUG}/petitions/{petition}/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Accept: text/html\r\nAccept-Encoding: gzip\r\n\r\n"
    ).encode()


def main() -> None:
    port, petition, rate = map(int, sys.argv[1:])
    request = page_request(port, petition)
    began, read = time.monotonic(), 0
    while not _is_enough(until=began + (read + CALLERS) / rate):
        tally = put_load(port, [request] * CALLERS, callers=CALLERS, expected=frozenset({200}))
        if set(tally.statuses) != {200}:
            raise SystemExit(f"{tally.statuses} {tally.failures}")
        read += CALLERS
    print(read)


def _is_enough(*, until: float) -> bool:
    """Wait for the next moment, or for the word that ends it."""
    with DefaultSelector() as selector:
        selector.register(sys.stdin, EVENT_READ)
        return bool(selector.select(max(0.0, until - time.monotonic())))
