"""./edem bench pages: visitors' pages from the front door's memory beside a static file of the same size; signed-in
people's pages, which Django makes, beside a bare Django view with as many queries. Each is asked by turns.
"""

import argparse
import gzip
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.load import ground, report
from tests.load.load import Tally, put_load
from tests.load.serving import counted, front_door, seconds_of_servers, stop, wait_for_port
from tools.places import ROOT
from tools.ports import free_port
from tools.progress import step

if TYPE_CHECKING:
    from edem.config.testing.clients import PlatformClient

OK = frozenset({200})


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A page that is measured, as a visitor sees it and as a signed-in resident does."""

    name: str
    path: str
    queries: int


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="./edem bench pages")
    parser.add_argument("--requests", type=int, default=40_000)
    parser.add_argument("--callers", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=8)
    options = parser.parse_args(arguments)
    with step("Making a database for the measurement"):
        database = os.environ["DATABASE_URL"] = ground.make_database()
        import django

        django.setup()
        subjects, cookie = prepared()
    figures: dict[str, object] = {}
    ratios: dict[str, float] = {}
    for subject in subjects:
        page, measured = compared(subject, cookie, database, options)
        for ratio, (ours, theirs) in {
            "memory / static": ("kept", "static"),
            "resident / bare view": ("made", "bare"),
        }.items():
            ratios[f"{subject.name}, {ratio}"] = measured[ours].rate / measured[theirs].rate
            ratios[f"{subject.name}, {ratio} by the server's work"] = measured[theirs].work / measured[ours].work
        figures |= {f"{subject.name}, bytes gzipped": len(gzip.compress(page, 5)), **told(subject, measured)}
    ground.drop_database()
    report.tell("pages", {**figures, "callers at once": options.callers, **ratios})
    for what, value in ratios.items():
        print(f"ratio {value:.2f} {what}")


@dataclass
class Measured:
    """What several rounds of the same questions came to."""

    answered: int = 0
    seconds: float = 0.0
    worked: float = 0.0
    """The server's own processor time."""
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.answered / self.seconds

    @property
    def work(self) -> float:
        """Microseconds of the server for one answer."""
        return self.worked / self.answered * 1e6

    def add(self, tally: Tally, *, worked: float) -> None:
        self.answered += tally.answered
        self.seconds += tally.seconds
        self.worked += worked
        self.latencies += tally.latencies

    def percentile(self, share: float) -> float:
        return Tally(latencies=self.latencies).percentile(share)


def compared(
    subject: Subject, cookie: str, database: str, options: argparse.Namespace
) -> tuple[bytes, dict[str, Measured]]:
    """All servers stand ready, and are asked by turns: whatever else the machine does meets each of them alike."""
    with front_door(database) as door, bare_server(database) as bare:
        page = fetched(door, subject.path)
        with static_server(len(page)) as static:
            questions = {
                "kept": (door, subject.path, ""),
                "static": (static, "/static/page.html", ""),
                "made": (door, subject.path, cookie),
                "bare": (bare, f"/{subject.queries}/{len(page)}/", "bare=1"),
            }
            found = {name: Measured() for name in questions}
            with step(f"Asking for the {subject.name}: from memory, as a file, for a resident, of a bare view"):
                for number in range(options.rounds + 1):
                    for name, question in questions.items():
                        asked(question, found[name] if number else Measured(), options)
    return page, found


def asked(question: tuple[int, str, str], measured: Measured, options: argparse.Namespace) -> None:
    port, path, cookie = question
    # Django's own pages are slower by far: a part of the requests tells as much.
    number = options.requests // options.rounds // (40 if cookie else 1)
    before = seconds_of_servers(port)
    tally = put_load(port, [_request(port, path, cookie)] * number, callers=options.callers, expected=OK)
    if set(tally.statuses) != OK:
        raise SystemExit(f"Unexpected answers {tally.statuses}: {tally.failures}")
    measured.add(tally, worked=seconds_of_servers(port) - before)


def told(subject: Subject, measured: dict[str, Measured]) -> dict[str, object]:
    name, kept = subject.name, measured["kept"]
    words = {"kept": "from memory", "static": "static files", "made": "for residents", "bare": "bare views"}
    return {
        f"{name}, queries for a resident": subject.queries,
        f"{name}, from memory, median ms": kept.percentile(0.5) * 1000,
        f"{name}, from memory, 99 % ms": kept.percentile(0.99) * 1000,
        **{f"{name}, {word} per second": measured[which].rate for which, word in words.items()},
        **{f"{name}, {word}, the server's µs": measured[which].work for which, word in words.items()},
    }


def prepared() -> tuple[list[Subject], str]:
    """A petition with signatures among others, a resident's session, and how many queries their pages make."""
    from django.db import connection

    from edem.config.testing.clients import PlatformClient
    from edem.foundation.people.models import Person
    from tests.load import multitude

    now = datetime.now(UTC)
    community_id, charter_id = ground.community(now)
    wanted = multitude.Multitude(community_id=community_id, charter_id=charter_id, petitions=200, signatures=1_000)
    hot = multitude.write(wanted, now=now).hot
    client = PlatformClient(headers={"host": "127.0.0.1"})
    client.force_login(Person.objects.create(display_name="Ольга Ткачук", created_at=now))
    paths = {"petition": f"/{ground.SLUG}/petitions/{hot}/", "list": f"/{ground.SLUG}/petitions/"}
    subjects = [Subject(name=name, path=path, queries=queries_of(client, path)) for name, path in paths.items()]
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    connection.close()
    return subjects, cookie


def queries_of(client: "PlatformClient", path: str) -> int:
    """As the running server makes them: what it keeps in memory is asked for once."""
    from django.db import connection

    from edem.foundation.communities.directory import directory
    from edem.foundation.live.parts import PARTS

    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    PARTS.open(interval=60)
    directory().follow()
    client.get(path)
    with connection.execute_wrapper(count):
        client.get(path)
    PARTS.close()
    directory().unfollow()
    return len(asked)


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


def fetched(port: int, path: str) -> bytes:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"http://127.0.0.1:{port}{path}") as answer:
        return bytes(answer.read())


@contextmanager
def static_server(size: int) -> Iterator[int]:
    """Granian's own file server, written in Rust: what a page from memory is measured against."""
    with TemporaryDirectory() as folder:
        Path(folder, "page.html").write_bytes(b"x" * size)
        with granian(f"--static-path-mount={folder}", "tests.load.nothing:application") as port:
            yield port


@contextmanager
def bare_server(database: str) -> Iterator[int]:
    with granian("tests.load.bare:application", DATABASE_URL=database, DJANGO_SETTINGS_MODULE="") as port:
        yield port


@contextmanager
def granian(*arguments: str, **more: str) -> Iterator[int]:
    port = free_port()
    settled = {name: value for name, value in {**os.environ, **more}.items() if value}
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface=asgi", f"--port={port}", "--no-ws", "--http=1",
         "--log-level=error", *arguments],
        cwd=ROOT, env={**settled, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
    )  # fmt: skip
    try:
        with counted(port, process):
            yield wait_for_port(port, process)
    finally:
        stop(process)


if __name__ == "__main__":
    main()
