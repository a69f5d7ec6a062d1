"""./edem bench listeners: thousands of open live pages, and how long each is behind while signatures pour in."""

import argparse
import asyncio
import os
import subprocess
import sys
import time
from array import array
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.load import ground, report
from tests.load.load import Tally, put_load
from tests.load.serving import front_door, seconds_of_servers
from tests.load.signatures import signatures
from tools.demo.processes import web_workers
from tools.progress import step

TAKEN = 200


def main(arguments: Sequence[str] | None = None) -> None:
    options = read_options(arguments)
    if options.sign:
        sign(options)
        return
    with step("Making a database for the measurement"):
        database = os.environ["DATABASE_URL"] = ground.make_database()
        import django

        django.setup()
        prepared = ground.prepare(people=options.people, petitions=1)
    with TemporaryDirectory() as folder:
        passes = Path(folder) / "passes"
        passes.write_text("\n".join(prepared.passes), encoding="utf-8")
        with front_door(database, workers=options.workers) as port:
            crowd = Crowd(port, prepared.petitions[0], passes)
            opened, behind = asyncio.run(crowd.listen(options.listeners))
            worked = seconds_of_servers()
            stopping = time.perf_counter()
        stopped = time.perf_counter() - stopping
    ground.drop_database()
    report.tell(
        "listeners",
        {
            "listeners": options.listeners,
            "server processes": options.workers,
            "all open after, seconds": opened,
            "signatures per second meanwhile": options.people / crowd.signing_seconds,
            "new counts heard, all pages together": behind.answered,
            "the page behind the count, median ms": behind.percentile(0.5) * 1000,
            "95 % ms": behind.percentile(0.95) * 1000,
            "99 % ms": behind.percentile(0.99) * 1000,
            "pages that missed the last count": crowd.missed,
            "server, seconds of CPU": worked,
            "the server's stop afterwards, seconds": stopped,
        },
    )


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./edem bench listeners")
    parser.add_argument("--listeners", type=int, default=3_000)
    parser.add_argument("--people", type=int, default=12_000, help="who sign meanwhile")
    parser.add_argument("--workers", type=int, default=web_workers(), help="server processes")
    parser.add_argument("--sign", nargs=4, metavar=("PORT", "PETITION", "PASSES", "MOMENTS"), help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def sign(options: argparse.Namespace) -> None:
    """The generator's own process: everybody signs once; the moments of the answers are written down for the crowd."""
    port, petition, passes, moments = options.sign
    sealed = Path(passes).read_text(encoding="utf-8").split()
    tally = put_load(
        int(port), signatures(int(port), [int(petition)], sealed), callers=128, expected=frozenset({TAKEN})
    )
    if set(tally.statuses) != {TAKEN}:
        raise SystemExit(f"Unexpected answers {tally.statuses}: {tally.failures}")
    Path(moments).write_bytes(array("d", tally.moments).tobytes())


class Crowd:
    """Open pages of one petition. Each writes down when it heard which count."""

    def __init__(self, port: int, petition: int, passes: Path) -> None:
        self._port, self._petition, self._passes = port, petition, passes
        self._heard: list[list[tuple[float, int]]] = []
        self.signing_seconds = 0.0
        self.missed = 0

    async def listen(self, number: int) -> tuple[float, Tally]:
        began = time.perf_counter()
        with step(f"Opening {number} live pages"):
            streams = [await self._open() for _ in range(number)]
        opened = time.perf_counter() - began
        self._heard = [[] for _ in streams]
        pages = [
            asyncio.create_task(self._hear(reader, heard))
            for (reader, _), heard in zip(streams, self._heard, strict=True)
        ]
        with step("Everybody signs, every page listens"):
            answered = await self._sign()
            await asyncio.sleep(4)
        for page in pages:
            page.cancel()
        for _, writer in streams:
            writer.close()
        return opened, self._behind(answered)

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        path = f"/{ground.SLUG}/live/signatures/{self._petition}"
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n\r\n".encode())
        while not (await reader.readuntil(b"\n")).startswith(b"event: count"):
            pass
        return reader, writer

    async def _hear(self, reader: asyncio.StreamReader, heard: list[tuple[float, int]]) -> None:
        while True:
            line = await reader.readuntil(b"\n")
            if line.startswith(b'data: {"count":'):
                heard.append((time.monotonic(), int(line[15 : line.index(b",")])))

    async def _sign(self) -> Sequence[float]:
        moments = self._passes.with_name("moments")
        told = [str(self._port), str(self._petition), str(self._passes), str(moments)]
        signing = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.load.listeners", "--sign", *told, stderr=subprocess.PIPE
        )
        _, complaint = await signing.communicate()
        if signing.returncode:
            raise SystemExit(complaint.decode())
        answered = array("d", moments.read_bytes())
        self.signing_seconds = answered[-1] - answered[0]
        return answered

    def _behind(self, answered: Sequence[float]) -> Tally:
        """For each count a page heard: how long the oldest signature that it had not shown yet was acknowledged."""
        behind = Tally()
        for heard in self._heard:
            shown = 0
            for moment, count in heard:
                behind.latencies.append(max(0.0, moment - answered[min(shown, len(answered) - 1)]))
                shown = count
            self.missed += shown != len(answered)
        return behind


if __name__ == "__main__":
    main()
