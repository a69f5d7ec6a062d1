"""What is known of a request at a glance: a visitor's page without more reading, and nothing for anybody else."""

import asyncio

import pytest

from edem.config.front_door.glance import glance_of
from edem.config.front_door.memory import MOST_SEEN, keeping_at
from edem.config.front_door.tests.test_memory import PAGES, Visit, arrival
from edem.foundation.communities.directory import directory


@pytest.fixture(autouse=True)
def _pages(settings):
    settings.ROOT_URLCONF = settings.COMMUNITY_URLCONF = PAGES
    keeping_at.cache_clear()
    yield
    keeping_at.cache_clear()


def scope(path="/misto/things/1/", *, method="GET", scheme="https", query=b"", client=("10.0.0.1", 1), **headers):
    named = {"host": "edem.example"} | headers
    written = [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()]
    return {
        "type": "http", "method": method, "scheme": scheme, "path": path, "query_string": query, "client": client,
        "headers": written,
    }  # fmt: skip


class Glanced(Visit):
    async def known(self, path="/misto/things/1/", **more) -> str | None:
        """What a glance alone gives."""
        sent = []

        async def send(message):
            sent.append(message)

        answered = await self.room.answer_at_a_glance(glance_of(scope(path, **more)), send)
        return f"{sent[0]['status']} {sent[1]['body'].decode()}" if answered else None

    async def read(self, path="/things/1/", **more) -> None:
        """The careful way, which remembers what was asked."""

        async def send(_message):
            pass

        await self.room.answer(arrival(path), send, glance_of(scope(f"/misto{path}", **more)))


def walked(story):
    async def whole():
        visit = Glanced()
        assert await visit.known() is None, "the first request finds out whose communities these are"
        return await story(visit)

    return asyncio.run(whole())


@pytest.mark.parametrize(
    "asked",
    [
        {"cookie": "sessionid=one"},
        {"cookie": "theme=dark"},
        {"authorization": "Bearer one"},
        {"if_none_match": 'W/"one"'},
        {"method": "POST"},
        {"method": "HEAD"},
    ],
)
def test_whoever_may_be_somebody_is_read_with_care(asked):
    assert glance_of(scope(**asked)) is None


def test_all_that_a_page_depends_on_tells_two_requests_apart():
    different = [
        scope(),
        scope("/misto/things/2/"),
        scope(scheme="http"),
        scope(query=b"page=2"),
        scope(host="other.example"),
        scope(x_forwarded_proto="http"),
        scope(x_forwarded_proto="http", client=("10.0.0.2", 1)),
    ]
    assert len({glance_of(each).sight for each in different}) == len(different)
    assert glance_of(scope(user_agent="one")).sight == glance_of(scope(user_agent="two", client=("10.0.0.9", 1))).sight


def test_a_page_read_once_is_known_at_a_glance_and_only_while_it_is_fresh():
    async def story(visit):
        unread = await visit.known()
        await visit.read()
        fresh = [await visit.known(), await visit.known(user_agent="another")]
        visit.now = 6
        return unread, fresh, await visit.known(), visit.kitchen.made

    assert walked(story) == (None, ["200 page 1"] * 2, None, 1)


def test_what_was_dropped_is_known_no_more():
    async def story(visit):
        await visit.read()
        visit.room.drop(["thing:1"])
        return await visit.known()

    assert walked(story) is None


def test_another_host_query_or_scheme_is_not_known():
    async def story(visit):
        await visit.read()
        strange = ({"host": "other.example"}, {"query": b"page=2"}, {"scheme": "http"}, {"x_forwarded_proto": "http"})
        return [await visit.known(**each) for each in strange]

    assert walked(story) == [None] * 4


def test_when_communities_change_everything_is_read_anew(monkeypatch):
    async def story(visit):
        await visit.read()
        monkeypatch.setattr(directory(), "loaded_at", 5.0)  # as after a change of communities
        return [await visit.known(), await visit.known()]

    assert walked(story) == [None, None]


def test_what_is_remembered_of_requests_has_an_end():
    async def story(visit):
        for number in range(MOST_SEEN + 1):
            await visit.read(query=str(number).encode())
        return len(visit.room._seen)

    assert walked(story) <= MOST_SEEN


def test_a_browser_that_unpacks_gets_the_packed_page():
    async def story(visit):
        await visit.read()
        heads = []

        async def send(message):
            heads.append(message)

        await visit.room.answer_at_a_glance(glance_of(scope(accept_encoding="gzip, br")), send)
        return heads

    head, body = walked(story)
    assert (b"content-encoding", b"gzip") in head["headers"]
    assert body["body"][:2] == b"\x1f\x8b"
