"""The memory room by its clock: fresh, stale while renewed, stale in trouble, dropped by tags; and the shelf's bounds."""

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.config.front_door.django_room import Rendered
from edem.config.front_door.memory import MemoryRoom, canonical_query, keeping_at
from edem.config.front_door.shelf import Key, Shelf, page_of
from edem.config.front_door.static_room import base_tile, static_file
from edem.foundation.live.arrival import Arrival
from edem.kernel.geo.pmtiles import tile_id
from edem.kernel.geo.tests.test_pmtiles import written
from edem.ui.maps import own_base

PAGES = "edem.config.front_door.tests.door_urls"
TAGS = (b"x-edem-kept", b'["thing:1"]')


@pytest.fixture(autouse=True)
def _pages(settings):
    settings.ROOT_URLCONF = settings.COMMUNITY_URLCONF = PAGES
    keeping_at.cache_clear()
    yield
    keeping_at.cache_clear()


class Kitchen:
    """Makes numbered pages; `status` and `headers` of the next ones are what a test says."""

    def __init__(self) -> None:
        self.made, self.status, self.headers = 0, 200, [TAGS]
        self.gate: asyncio.Event | None = None

    async def __call__(self, _scope) -> Rendered:
        self.made += 1
        number = self.made
        if self.gate is not None:
            await self.gate.wait()
        return Rendered(self.status, [(b"content-type", b"text/html"), *self.headers], f"page {number}".encode())


class Visit:
    """One process's memory and a hand on its clock."""

    def __init__(self) -> None:
        self.now, self.kitchen = 0.0, Kitchen()
        self.room = MemoryRoom(self.kitchen, interval=5, clock=lambda: self.now)

    async def page(self, path="/things/1/", **headers) -> str | None:
        sent = []

        async def send(message):
            sent.append(message)

        answered = await self.room.answer(arrival(path, **headers), send)
        return f"{sent[0]['status']} {sent[1]['body'].decode()}" if answered else None

    async def settle(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)


def arrival(path: str, method="GET", **headers) -> Arrival:
    path, _, query = path.partition("?")
    scope = {"type": "http", "method": method, "query_string": query.encode(), "headers": []}
    return Arrival(
        scope=scope, headers={name.replace("_", "-").encode(): value.encode() for name, value in headers.items()},
        at=datetime(2026, 3, 1, tzinfo=UTC), host="edem.example", address="10.0.0.1", scheme="https", slug="misto",
        root_path="/misto", path=path,
    )  # fmt: skip


def walked(story):
    return asyncio.run(story(Visit()))


def test_a_page_is_made_once_for_its_interval_and_renewed_behind_the_reader_s_back():
    async def story(visit):
        first = [await visit.page() for _ in range(3)]
        visit.now = 6
        stale = await visit.page()
        await visit.settle()
        return first, stale, await visit.page(), visit.kitchen.made

    assert walked(story) == (["200 page 1"] * 3, "200 page 1", "200 page 2", 2)


def test_a_page_too_old_to_show_is_waited_for():
    async def story(visit):
        await visit.page()
        visit.now = 16
        return await visit.page()

    assert walked(story) == "200 page 2"


def test_in_trouble_the_old_page_is_better_than_none_and_not_for_ever():
    async def story(visit):
        await visit.page()
        visit.kitchen.status, visit.kitchen.headers = 500, []
        visit.now = 200
        in_trouble = await visit.page()
        visit.now = 400
        return in_trouble, await visit.page()

    assert walked(story) == ("200 page 1", None)


def test_a_kitchen_that_hangs_is_trouble_too(monkeypatch):
    monkeypatch.setattr("edem.config.front_door.memory.PATIENCE_SECONDS", 0.01)

    async def story(visit):
        await visit.page()
        visit.kitchen.gate = asyncio.Event()
        visit.now = 200
        meanwhile = await visit.page()
        visit.kitchen.gate.set()
        await visit.settle()
        return meanwhile, await visit.page()

    assert walked(story) == ("200 page 1", "200 page 2")


def test_many_readers_of_a_missing_page_wait_for_one_making():
    async def story(visit):
        pages = await asyncio.gather(*(visit.page() for _ in range(50)))
        return set(pages), visit.kitchen.made

    assert walked(story) == ({"200 page 1"}, 1)


def test_a_page_made_while_it_was_dropped_is_not_kept():
    async def story(visit):
        visit.kitchen.gate = asyncio.Event()
        first = asyncio.ensure_future(visit.page())
        await visit.settle()
        visit.room.drop(["thing:1"])
        second = asyncio.ensure_future(visit.page())
        await visit.settle()
        visit.kitchen.gate.set()
        return await first, await second, await visit.page()

    assert walked(story) == ("200 page 1", "200 page 2", "200 page 2")


@pytest.mark.parametrize("tag", ["thing:1", "community:misto", "*"])
def test_each_of_its_tags_drops_a_page(tag):
    async def story(visit):
        await visit.page()
        visit.room.drop(["thing:2", "community:selo"])
        unmoved = await visit.page()
        visit.room.drop([tag])
        return unmoved, await visit.page()

    assert walked(story) == ("200 page 1", "200 page 2")


@pytest.mark.parametrize(
    ("status", "headers"),
    [(404, []), (302, []), (200, []), (200, [TAGS, (b"set-cookie", b"a=b")]), (500, [TAGS])],
)
def test_only_an_impersonal_success_is_kept(status, headers):
    async def story(visit):
        visit.kitchen.status, visit.kitchen.headers = status, headers
        await visit.page()
        await visit.page()
        return visit.kitchen.made

    assert walked(story) == 2


@pytest.mark.parametrize("headers", [{"cookie": "sessionid=1"}, {"authorization": "Bearer x"}, {"method": "POST"}])
def test_somebody_s_request_never_meets_the_memory(headers):
    async def story(visit):
        return await visit.page(**headers), visit.kitchen.made

    assert walked(story) == (None, 0)


names = st.sampled_from(["page", "sort", "utm", "x", ""])


@given(st.lists(st.tuples(names, st.text(max_size=3))), st.randoms())
def test_a_query_has_one_canonical_form(pairs, chance):
    from urllib.parse import urlencode

    shuffled = pairs[:]
    chance.shuffle(shuffled)
    allowed = ("page", "sort")
    if len({name for name, _ in pairs}) == len(pairs):
        one, other = (canonical_query(urlencode(each).encode(), allowed) for each in (pairs, shuffled))
        assert one == other
    found = canonical_query(urlencode(pairs).encode(), allowed)
    assert canonical_query(found.encode(), allowed) == found
    assert "utm" not in found.replace("sort", "").split("=")[0]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4_000)), max_size=60))
def test_the_shelf_never_outgrows_its_bound_and_weighs_what_is_on_it(puts):
    shelf, lengths = Shelf(most_bytes=20_000), {}
    for number, length in puts:
        key = Key("https", "h", "", f"/{number}", "", "uk")
        page = page_of(b"x" * length, [], tags=frozenset({f"t{number % 3}"}), at=0, interval=5)
        shelf.put(key, page)
        lengths[key] = page
        assert shelf.weight <= 20_000
        assert shelf.find(key) is page
    assert shelf.weight == sum(page.weight for key, page in lengths.items() if shelf.find(key))
    shelf.drop(["t0", "t1", "t2"])
    assert (len(shelf), shelf.weight) == (0, 0)


# Static files


def test_a_hashed_name_is_kept_for_a_year_and_a_plain_one_for_a_minute():
    hashed = dict(static_file("ui/core.0123456789ab.css", b"a{}" * 500).headers)
    plain = dict(static_file("ui/core.css", b"a{}").headers)
    assert hashed[b"cache-control"] == b"public, max-age=31536000, immutable"
    assert plain[b"cache-control"] == b"public, max-age=60"
    assert hashed[b"content-type"] == b"text/css; charset=utf-8"
    assert static_file("ui/core.css", b"a{}" * 500).packed is not None
    assert static_file("font.woff2", b"\x00" * 500).packed is None


def test_what_never_changes_is_never_made_anew_and_says_so_itself():
    async def story(visit):
        visit.kitchen.headers = [TAGS, (b"cache-control", b"public, max-age=31536000, immutable")]
        first = await visit.page()
        visit.now = 10_000
        assert await visit.page() == first
        await visit.settle()
        assert visit.kitchen.made == 1
        visit.room.drop(["thing:1"])
        assert await visit.page() == "200 page 2"

    walked(story)


def test_a_worker_may_fetch_from_us_and_other_files_nothing():
    policies = {
        name: dict(static_file(name, b"//").headers)[b"content-security-policy"].decode()
        for name in (
            "vendor/maplibre-gl-worker.0123456789ab.mjs",
            "reports/workers/gathering.js",
            "ui/js/words.js",
            "photo.svg",
        )
    }
    assert ["connect-src 'self'" in policy for policy in policies.values()] == [True, True, False, False]
    assert ["sandbox" in policy for policy in policies.values()] == [False, False, True, True]


def test_tiles_of_the_operators_own_map_are_served_as_files_for_ever(tmp_path, settings):
    file = written(tmp_path / "base.pmtiles", {tile_id(2, 1, 1): b"a quarter" * 30})
    settings.EDEM = settings.EDEM.model_copy(update={"map_archive": file})
    tile = base_tile("base-map/1/2/1/1")
    assert (tile.body, dict(tile.headers)[b"cache-control"]) == (
        b"a quarter" * 30,
        b"public, max-age=31536000, immutable",
    )
    assert own_base(file)["kind"] == "vector"
    for missing in ("base-map/1/2/1/2", "base-map/1/9/999/1", "base-map/1/2/1", "base-map/../../etc/passwd"):
        assert base_tile(missing) is None
