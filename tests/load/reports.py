"""./edem bench reports: maps, lists, cards, queues and boards of a million reports beside those of ten thousand; tiles
beside PostGIS's own where Debian's PostGIS is; points from the front door's memory beside a static file.
"""

import argparse
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import floor
from typing import TYPE_CHECKING, Any

from tests.load import ground, postgis, report
from tests.load.load import Tally, put_load
from tests.load.pages import OK, fetched, static_server
from tests.load.serving import front_door
from tools.gathered import gather_if_stale
from tools.progress import step

if TYPE_CHECKING:
    from edem.config.testing.clients import PlatformClient
    from tests.load.reports_multitude import City

MOST = 2.0
"""Anything of the great city may take this many times as long as of the small one."""
ZOOMS = (6, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18)
WINDOWS = {"a phone's": (328, 518), "a desk's": (1280, 720)}
"""The map of a page 360 × 740 wide and high, and of a large screen, in its own points."""
TILE = 512
CLOSEST = 17


@dataclass(frozen=True, kw_only=True)
class Timed:
    milliseconds: float
    queries: int
    bytes: int


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="./edem bench reports")
    parser.add_argument("--few", type=int, default=10_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--requests", type=int, default=20_000)
    options = parser.parse_args(arguments)
    with step("Making a database for the measurement"):
        database = os.environ["DATABASE_URL"] = ground.make_database()
        import django

        django.setup()
    gather_if_stale(os.environ)
    few, _ = city_with("few", options.few, times=options.times)
    many, city = city_with("many", options.many, times=options.times)
    figures: dict[str, object] = {**compared(few, many), **periods(city), **against_postgis(city)}
    from django.db import connection

    connection.close()
    figures |= warm(database, city, requests=options.requests)
    ground.drop_database()
    report.write("reports", figures)


def city_with(slug: str, number: int, *, times: int) -> tuple[Mapping[str, Timed], "City"]:
    from tests.load import reports_multitude

    now = datetime.now(UTC)
    with step(f"Writing {number:,} reports"):
        city = reports_multitude.write(slug, number, now=now)
    with step("Asking for maps, lists, cards, queues and boards"):
        visitor, worker, control = (client_of(city, role) for role in ("", "responsible_worker", "control_body"))
        asked = {name: timed(visitor, city, path, times) for name, path in public_pages(city).items()}
        for whose, window in WINDOWS.items():
            asked |= {f"{whose} map, zoom {zoom}": view(visitor, city, window, zoom, times) for zoom in ZOOMS}
        asked["queue of an organisation"] = timed(worker, city, "organisation/", times)
        asked["queue, what is archived"] = timed(worker, city, "organisation/?state=archived", times)
        asked["queue, a category"] = timed(worker, city, "organisation/?category=2", times)
        asked["a case"] = timed(worker, city, f"{city.report_id}/job/", times)
        asked["board of clocks"] = timed(control, city, "control/", times)
    return asked, city


def public_pages(city: "City") -> Mapping[str, str]:
    from tests.load.reports_multitude import CENTRE

    lat, lon = CENTRE
    return {
        "list": "",
        "list, every state": "?state=all",
        "list, open": "?state=open",
        "list, archive": "?state=archived",
        "list, a direction": "?state=all&category=2",
        "list, a category nobody chose": "?state=all&category=7.1",
        "list, an organisation": f"?state=all&organisation={city.organisation_id}",
        "list, a month": "?state=all&since=2026-01-01&until=2026-01-31",
        "list, a part of the map": f"?state=all&box={lon},{lat},{lon + 0.01},{lat + 0.01}",
        "list, all of it together": f"?state=all&category=2&organisation={city.organisation_id}&since=2026-01-01",
        "list, a holder's own category": f"?state=all&category=3.8&organisation={city.organisation_id}",
        "list, a category rare for a holder": f"?state=all&category=2.7&organisation={city.organisation_id}",
        "list, a holder without the category": f"?state=all&category=7.1&organisation={city.organisation_id}",
        "list, a holder's year before last": f"?state=all&organisation={city.organisation_id}&until=2025-03-01",
        "list, words": "?state=all&q=яма на дорозі",
        "list, page 40": "?state=all&page=40",
        "card": f"{city.report_id}/",
        "map page": "map/",
        "feed": "feed.atom",
        "GeoJSON": "reports.geojson?state=all",
    }


def client_of(city: "City", role: str) -> "PlatformClient":
    from edem.config.testing.clients import PlatformClient
    from edem.foundation.people.models import Person, RoleGrant

    client = PlatformClient(headers={"host": "127.0.0.1"})
    if role:
        now = datetime.now(UTC)
        person = Person.objects.create(display_name=role, login=f"{role}-{city.slug}", created_at=now)
        RoleGrant.objects.create(
            person=person,
            community_id=city.community_id,
            organisation_id=city.organisation_id if role == "responsible_worker" else None,
            role=role,
            granted_at=now,
        )
        client.sign_in(person)
    return client


def timed(client: "PlatformClient", city: "City", path: str, times: int) -> Timed:
    return best_of(lambda: got(client, f"/{city.slug}/reports/{path}"), times)


def view(client: "PlatformClient", city: "City", window: tuple[int, int], zoom: int, times: int) -> Timed:
    """What a browser fetches when it opens this zoom: all points as columns, or the tiles of its window."""
    page = got(client, f"/{city.slug}/reports/map/?state=all").decode()
    columns = re.search(r'data-points="([^"]+)"', page)
    address = columns[1].replace("&amp;", "&") if columns else window_address(page, window, zoom)
    return best_of(lambda: got(client, address), times)


def window_address(page: str, window: tuple[int, int], zoom: int) -> str:
    """As `reports/maps/windows.js` writes it."""
    pattern = re.search(r'data-windows="([^"]+)"', page)
    assert pattern is not None
    z = min(zoom, CLOSEST)
    places = "_".join(f"{x}-{y}" for x, y in tiles_of_window(window, zoom))
    return pattern[1].replace("&amp;", "&").format(z=z, places=places)


def tiles_of_window(window: tuple[int, int], zoom: int) -> Iterator[tuple[int, int]]:
    """Those that it covers with the city's centre in its middle; nearer than the closest they are only drawn larger."""
    from edem.kernel.geo.tiles import EXTENT, pixels_of
    from tests.load.reports_multitude import CENTRE

    z = min(zoom, CLOSEST)
    middle = [int(axis[0]) / EXTENT for axis in pixels_of([CENTRE[0]], [CENTRE[1]], z=z, x=0, y=0)]
    half = [side / TILE / (1 << zoom - z) / 2 for side in window]
    last = (1 << z) - 1
    columns, rows = (
        range(max(0, floor(at - reach)), min(last, floor(at + reach)) + 1)
        for at, reach in zip(middle, half, strict=True)
    )
    for x in columns:
        for y in rows:
            yield x, y


def best_of(ask: Callable[[], bytes], times: int) -> Timed:
    """The best of several, past the front door's memory: whatever else the machine does only adds to it."""
    from django.db import connection

    queries: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    ask()
    with connection.execute_wrapper(count):
        answer = ask()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - began)
    return Timed(milliseconds=min(taken) * 1000, queries=len(queries), bytes=len(answer))


def got(client: "PlatformClient", address: str) -> bytes:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def compared(few: Mapping[str, Timed], many: Mapping[str, Timed]) -> dict[str, object]:
    print(f"  {'what':<32}{'few, ms':>10}{'many, ms':>10}{'ratio':>8}{'queries':>12}{'KB':>8}")
    figures: dict[str, object] = {}
    for name, before in few.items():
        after = many[name]
        ratio = after.milliseconds / before.milliseconds
        beyond = " beyond" if ratio > MOST else ""
        print(
            f"  {name:<32}{before.milliseconds:>10.1f}{after.milliseconds:>10.1f}{ratio:>8.2f}"
            f"{before.queries:>5} →{after.queries:>5}{after.bytes / 1024:>8.0f}{beyond}"
        )
        figures[name] = {
            "few ms": round(before.milliseconds, 2),
            "many ms": round(after.milliseconds, 2),
            "ratio": round(ratio, 2),
            "queries": [before.queries, after.queries],
        }
    return figures


def periods(city: "City") -> dict[str, object]:
    """The figures of a week, a month and a year: what they count grows with the city, so they are told, not compared."""
    from edem.foundation.communities.models import Community
    from edem.services.reports.queries.periods import period_told
    from edem.services.reports.rules.periods import Period, Span, last_ended

    now = datetime.now(UTC)
    community = Community.objects.get(pk=city.community_id)
    year = Period(first=now.date() - timedelta(days=365), last=now.date())
    wanted = {"a week": last_ended(Span.WEEK, now), "a month": last_ended(Span.MONTH, now), "a year": year}
    figures: dict[str, object] = {}
    for name, period in wanted.items():
        began = time.perf_counter()
        told = period_told(community, period, now=now)
        taken = (time.perf_counter() - began) * 1000
        print(f"  figures of {name:<21}{taken:>10.0f} ms, {told.whole.now.received:,} received")
        figures[f"figures of {name}, ms"] = round(taken)
    return figures


def against_postgis(city: "City") -> dict[str, object]:
    """The same points of the same table, made into tiles by ST_AsMVT in a server of Debian's."""
    if not postgis.is_here():
        print("  PostGIS is not installed here (Debian: postgresql-15-postgis-3): tiles were not compared with it")
        return {"compared with PostGIS": False}
    with step("Asking PostGIS for the same points"):
        pairs = postgis.compared(city)
    for name, (ours, theirs) in pairs.items():
        print(f"  {name:<32}{ours:>10.1f} ms ours{theirs:>10.1f} ms ST_AsMVT")
    worst = max(ours / theirs for ours, theirs in pairs.values())
    print(f"ratio {worst:.2f} ours / ST_AsMVT, cold")
    return {f"{name}, ours and ST_AsMVT, ms": [round(each, 2) for each in pair] for name, pair in pairs.items()}


def warm(database: str, city: "City", *, requests: int) -> dict[str, object]:
    """A phone's window of the great city by its address for ever, from memory, beside a static file of its size."""
    with front_door(database) as port:
        path = window_address(fetched(port, f"/{city.slug}/reports/map/").decode(), WINDOWS["a phone's"], 12)
        body = fetched(port, path)
        with step("Asking for one window from memory"):
            kept = put_load(port, [asking(port, path)] * requests, callers=64, expected=OK)
    with static_server(len(body)) as port, step("Asking for a static file of the same size"):
        static = put_load(port, [asking(port, "/static/page.html")] * requests, callers=64, expected=OK)
    ratio = rate(kept) / rate(static)
    print(f"  {len(body)} bytes: {rate(kept):,.0f} windows a second from memory, {rate(static):,.0f} static files")
    print(f"ratio {ratio:.2f} window from memory / static file")
    return {"windows from memory per second": round(rate(kept)), "static files per second": round(rate(static))}


def rate(tally: Tally) -> float:
    return tally.answered / tally.seconds


def asking(port: int, path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\n\r\n".encode()


if __name__ == "__main__":
    main()
