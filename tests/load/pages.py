"""./edem bench pages: a visitor's petition page from the front door's memory, beside a static file of the same size."""

import argparse
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.load import ground, report
from tests.load.load import Tally, put_load
from tests.load.serving import free_port, front_door, wait_for_port
from tools.places import ROOT
from tools.progress import step

OK = frozenset({200})


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="./edem bench pages")
    parser.add_argument("--requests", type=int, default=40_000)
    parser.add_argument("--callers", type=int, default=64)
    options = parser.parse_args(arguments)
    with step("Making a database for the measurement"):
        database = os.environ["DATABASE_URL"] = ground.make_database()
        import django

        django.setup()
        petition = ground.prepare(people=1, petitions=1).petitions[0]
    with front_door(database) as port:
        path = f"/{ground.SLUG}/petitions/{petition}/"
        size = len(_fetched(port, path))
        kept = measured("the petition's page from memory", port, path, options)
        made = measured("the same page made anew each time", port, path, options, cookie="sessionid=stranger")
    with static_server(size) as port:
        static = measured("a static file of the same size", port, "/static/page.html", options)
    ground.drop_database()
    report.tell(
        "pages",
        {
            "bytes of the page": size,
            "pages per second from memory": kept.answered / kept.seconds,
            "answer, median ms": kept.percentile(0.5) * 1000,
            "answer, 99 % ms": kept.percentile(0.99) * 1000,
            "pages per second made by Django": made.answered / made.seconds,
            "static files per second": static.answered / static.seconds,
            "callers at once": options.callers,
            "ratio": (kept.answered / kept.seconds) / (static.answered / static.seconds),
        },
    )
    print(f"ratio {(kept.answered / kept.seconds) / (static.answered / static.seconds):.2f}")


def measured(what: str, port: int, path: str, options: argparse.Namespace, *, cookie: str = "") -> Tally:
    # Django's own pages are slower by far: a part of the requests tells as much.
    number = options.requests // 40 if cookie else options.requests
    with step(f"Asking for {what}"):
        tally = put_load(port, [_request(port, path, cookie)] * number, callers=options.callers, expected=OK)
    if set(tally.statuses) != OK:
        raise SystemExit(f"Unexpected answers {tally.statuses}: {tally.failures}")
    return tally


def _request(port: int, path: str, cookie: str) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Accept: text/html",
        "Accept-Language: uk,en;q=0.7",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _fetched(port: int, path: str) -> bytes:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"http://127.0.0.1:{port}{path}") as answer:
        return bytes(answer.read())


@contextmanager
def static_server(size: int) -> Iterator[int]:
    """Granian's own file server, written in Rust: what a page from memory is measured against."""
    with TemporaryDirectory() as folder:
        Path(folder, "page.html").write_bytes(b"x" * size)
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface=asgi", f"--port={port}", "--no-ws", "--log-level=error",
             f"--static-path-mount={folder}", "tests.load.nothing:application"],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        try:
            yield wait_for_port(port, process)
        finally:
            process.terminate()
            process.wait(timeout=30)


if __name__ == "__main__":
    main()
