"""./edem bench scale: the public pages on a small base, then with a million signatures and a hundred thousand petitions."""

import argparse
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.load import ground, report
from tools.gathered import gather_if_stale
from tools.progress import step

MOST = 2.0
"""A page of the great base may take this many times as long as on the small one."""


@dataclass(frozen=True, kw_only=True)
class Timed:
    milliseconds: float
    queries: int


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="./edem bench scale")
    parser.add_argument("--petitions", type=int, default=100_000)
    parser.add_argument("--signatures", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=15)
    options = parser.parse_args(arguments)
    with step("Making a database for the measurement"):
        os.environ["DATABASE_URL"] = ground.make_database()
        import django

        django.setup()
    gather_if_stale(os.environ)
    small = measured_with("small", petitions=1_000, signatures=1_000, times=options.times)
    great = measured_with("great", petitions=options.petitions, signatures=options.signatures, times=options.times)
    from django.db import connection

    connection.close()
    ground.drop_database()
    tell(small, great)


def measured_with(slug: str, *, petitions: int, signatures: int, times: int) -> Mapping[str, Timed]:
    from tests.load import multitude

    now = datetime.now(UTC)
    with step(f"Writing {petitions:,} petitions and {signatures:,} signatures"):
        community_id, charter_id = ground.community(now, slug=slug)
        wanted = multitude.Multitude(
            community_id=community_id, charter_id=charter_id, petitions=petitions, signatures=signatures
        )
        hot = multitude.write(wanted, now=now).hot
    with step("Asking for every page"):
        return {page: timed(f"/{slug}{path}", times) for page, path in pages_of(hot, signatures).items()}


def pages_of(hot: int, signatures: int) -> Mapping[str, str]:
    return {
        "home": "/",
        "list": "/petitions/",
        "list, every state": "/petitions/?state=all",
        "list, most signed first": "/petitions/?state=all&sort=signed",
        "list, one topic": "/petitions/?state=all&category=Освіта",
        "list, page 40": "/petitions/?state=all&page=40",
        "search, a common word": "/petitions/?state=all&q=освітити",
        "search, three words": "/petitions/?state=all&q=стежка біля річки",
        "search, a rare word": "/petitions/?state=all&q=дирижабль",
        "search, a misspelt word": "/petitions/?state=all&q=дирижабьль",
        "search of the platform": "/search/?q=освітити",
        "card": f"/petitions/{hot}/",
        "signers, first page": f"/petitions/{hot}/signers/",
        "signers, last page": f"/petitions/{hot}/signers/?page={-(-signatures // 100)}",
        "similar petitions": "/petitions/similar/?q=освітити стежку біля школи",
        "feed": "/petitions/feed.atom",
        "statistics": "/petitions/statistics/",
    }


def timed(path: str, times: int) -> Timed:
    """The best of several: the whole view, template and all, past the front door's memory.

    The best, for whatever else the machine does only adds to it.
    """
    from django.db import connection

    from edem.config.testing.clients import PlatformClient

    client, asked = PlatformClient(headers={"host": "127.0.0.1"}), []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    ask(client, path)
    with connection.execute_wrapper(count):
        ask(client, path)
    return Timed(milliseconds=min(ask(client, path) for _ in range(times)), queries=len(asked))


def ask(client: object, path: str) -> float:
    began = time.perf_counter()
    answer = client.get(path)  # type: ignore[attr-defined]
    taken = time.perf_counter() - began
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    return taken * 1000


def tell(small: Mapping[str, Timed], great: Mapping[str, Timed]) -> None:
    print(f"  {'page':<28}{'small, ms':>12}{'great, ms':>12}{'ratio':>8}{'queries':>12}")
    for page, before in small.items():
        after = great[page]
        ratio = after.milliseconds / before.milliseconds
        queries = str(after.queries) if after.queries == before.queries else f"{before.queries} → {after.queries}!"
        beyond = " beyond" if ratio > MOST else ""
        print(f"  {page:<28}{before.milliseconds:>12.1f}{after.milliseconds:>12.1f}{ratio:>8.2f}{queries:>12}{beyond}")
    figures = {
        page: {
            "small ms": round(before.milliseconds, 2),
            "great ms": round(great[page].milliseconds, 2),
            "ratio": round(great[page].milliseconds / before.milliseconds, 2),
            "queries": [before.queries, great[page].queries],
        }
        for page, before in small.items()
    }
    print(f"  written to {report.write('scale', figures)}")
    print(f"ratio {max(each['ratio'] for each in figures.values()):.2f}")


if __name__ == "__main__":
    main()
