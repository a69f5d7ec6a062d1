"""./edem bench pages: visitors' pages from the front door's memory beside a static file of the same size; signed-in
people's pages, which Django makes, beside a bare Django view with as many queries.
"""

import argparse
import gzip
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.load import ground, report
from tests.load.load import Tally, put_load
from tests.load.serving import free_port, front_door, stop, wait_for_port
from tools.places import ROOT
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
    options = parser.parse_args(arguments)
    with step("Making a database for the measurement"):
        database = os.environ["DATABASE_URL"] = ground.make_database()
        import django

        django.setup()
        subjects, cookie = prepared()
    figures: dict[str, object] = {}
    ratios: dict[str, float] = {}
    for subject in subjects:
        with front_door(database) as port:
            page = _fetched(port, subject.path)
            kept = measured(f"the {subject.name} from memory", port, subject.path, options)
            made = measured(f"the {subject.name} for a resident", port, subject.path, options, cookie=cookie)
        with static_server(len(page)) as port:
            static = measured("a static file of the same size", port, "/static/page.html", options)
        with bare_server(database) as port:
            path = f"/{subject.queries}/{len(page)}/"
            bare = measured("a bare view with as many queries", port, path, options, cookie="bare=1")
        ratios[f"{subject.name}, memory / static"] = rate(kept) / rate(static)
        ratios[f"{subject.name}, resident / bare view"] = rate(made) / rate(bare)
        figures |= told(subject, page, kept=kept, static=static, made=made, bare=bare)
    ground.drop_database()
    report.tell("pages", {**figures, "callers at once": options.callers, **ratios})
    for what, ratio in ratios.items():
        print(f"ratio {ratio:.2f} {what}")


def told(subject: Subject, page: bytes, *, kept: Tally, static: Tally, made: Tally, bare: Tally) -> dict[str, object]:
    name = subject.name
    return {
        f"{name}, bytes": len(page),
        f"{name}, bytes gzipped": len(gzip.compress(page, 5)),
        f"{name}, from memory per second": rate(kept),
        f"{name}, median ms": kept.percentile(0.5) * 1000,
        f"{name}, 99 % ms": kept.percentile(0.99) * 1000,
        f"{name}, static files per second": rate(static),
        f"{name}, queries for a resident": subject.queries,
        f"{name}, for residents per second": rate(made),
        f"{name}, bare views per second": rate(bare),
    }


def rate(tally: Tally) -> float:
    return tally.answered / tally.seconds


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

    from edem.foundation.live.parts import PARTS

    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    PARTS.open(interval=60)
    client.get(path)
    with connection.execute_wrapper(count):
        client.get(path)
    PARTS.close()
    return len(asked)


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
        yield wait_for_port(port, process)
    finally:
        stop(process)


if __name__ == "__main__":
    main()
