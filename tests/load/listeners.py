"""./edem bench listeners: thousands of open live pages, and how soon each hears of a new signature."""

import argparse
import asyncio
import os
import time
from collections.abc import Sequence

from tests.load import ground, report
from tests.load.load import Tally
from tests.load.serving import front_door
from tests.load.signatures import signatures
from tools.progress import step


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="./edem bench listeners")
    parser.add_argument("--listeners", type=int, default=3_000)
    parser.add_argument("--signatures", type=int, default=5, help="one after another, each heard by everybody")
    options = parser.parse_args(arguments)
    with step("Making a database for the measurement"):
        database = os.environ["DATABASE_URL"] = ground.make_database()
        os.environ["EDEM_COUNTING_SECONDS"] = "1"
        import django

        django.setup()
        prepared = ground.prepare(people=options.signatures, petitions=1)
    with front_door(database) as port:
        opened, heard = asyncio.run(listen(port, prepared, options.listeners))
    ground.drop_database()
    report.tell(
        "listeners",
        {
            "listeners": options.listeners,
            "all open after, seconds": opened,
            "times a new count was heard": heard.answered,
            "spread of one count, median ms": heard.percentile(0.5) * 1000,
            "95 % ms": heard.percentile(0.95) * 1000,
            "99 % ms": heard.percentile(0.99) * 1000,
        },
    )


async def listen(port: int, prepared: ground.Ground, number: int) -> tuple[float, Tally]:
    """`heard` tells how long after the first listener each of the others heard the same count."""
    petition = prepared.petitions[0]
    request = f"GET /{ground.SLUG}/live/signatures/{petition} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    began, heard = time.perf_counter(), Tally()
    with step(f"Opening {number} live pages"):
        streams = [await _opened(port, request) for _ in range(number)]
    opened = time.perf_counter() - began
    for sealed in prepared.passes:
        with step("One signs, everybody hears of it"):
            hearing = asyncio.gather(*(_next_count(reader) for reader, _ in streams))
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(signatures(port, [petition], [sealed])[0])
            assert b" 200 " in await reader.readline()
            writer.close()
            moments = await asyncio.wait_for(hearing, 60)
            heard.latencies += [moment - min(moments) for moment in moments]
    for _, writer in streams:
        writer.close()
    return opened, heard


async def _opened(port: int, request: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    await _next_count(reader)
    return reader, writer


async def _next_count(reader: asyncio.StreamReader) -> float:
    while not (await reader.readuntil(b"\n")).startswith(b"event: count"):
        pass
    return time.perf_counter()


if __name__ == "__main__":
    main()
