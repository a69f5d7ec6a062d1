"""The memory room: visitors' pages of routes marked @kept, rendered once for everybody (design §2.1).

Django sees a request with nothing of the reader in it, so no reader's page can be shown to another.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from functools import lru_cache
from time import monotonic
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve
from starlette.types import Scope, Send

from edem.config.front_door.arriving import Turned
from edem.config.front_door.django_room import Rendered
from edem.config.front_door.glance import Glance, Sight
from edem.config.front_door.shelf import Key, Page, Shelf, page_of, tags_written
from edem.foundation.communities.directory import directory
from edem.foundation.live.answers import send_body
from edem.foundation.live.arrival import Arrival
from edem.foundation.live.kept import TAGS_HEADER, Keeping, is_visitor, keeping_of

log = logging.getLogger(__name__)

MOST_BYTES: Final = 64 * 1024 * 1024
MOST_SEEN: Final = 4_096
"""Requests whose page is known at a glance."""
LARGEST_PAGE: Final = 1024 * 1024
STALE_INTERVALS: Final = 3
"""An older page is still shown while a new one is made, up to so many intervals."""
TROUBLE_SECONDS: Final = 300.0
"""And so long when none can be made."""
PATIENCE_SECONDS: Final = 3.0
"""A reader waits so long for a new page while there is an old one: a database that hangs is trouble too."""
_LONGEST_QUERY: Final = 400
_TAGS: Final = TAGS_HEADER.lower().encode()


class MemoryRoom:
    """`render` is Django's room, `clock` any steady clock in seconds."""

    def __init__(
        self,
        render: Callable[[Scope], Awaitable[Rendered]],
        *,
        interval: float,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._render, self._interval, self._clock = render, interval, clock
        self._shelf = Shelf(most_bytes=MOST_BYTES)
        self._making: dict[Key, asyncio.Task[Page | Rendered]] = {}
        self._drops = 0
        self._seen: dict[Sight, Key] = {}
        self._seen_since = 0.0

    async def answer_at_a_glance(self, glance: Glance, send: Send) -> bool:
        """A fresh page for a visitor whose like was read before, while the communities stay the same."""
        if self._seen_since != directory().loaded_at:
            self._seen.clear()
            self._seen_since = directory().loaded_at
            return False
        key = self._seen.get(glance.sight)
        page = self._shelf.find(key) if key is not None else None
        if page is None or not (page.lasts or self._clock() - page.kept_at < self._interval):
            return False
        headers, body = (page.packed_headers, page.packed) if glance.packs else (page.headers, page.body)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        return True

    async def answer(self, arrival: Arrival, send: Send, glance: Glance | None = None) -> bool:
        """False: this request is Django's."""
        key = key_of(arrival)
        if key is None:
            return False
        if glance is not None:
            self._remember(glance.sight, key)
        found = await self._page(key)
        if isinstance(found, Page):
            await _send_page(found, arrival, send)
            return True
        if found.header(b"set-cookie") is not None or found.status == 500:  # noqa: PLR2004
            return False
        body = b"" if arrival.method == "HEAD" else found.body
        plain = (_TAGS, b"content-length")
        await send_body(send, found.status, body, [pair for pair in found.headers if pair[0] not in plain])
        return True

    def _remember(self, sight: Sight, key: Key) -> None:
        if len(self._seen) >= MOST_SEEN:
            self._seen.clear()
        self._seen[sight] = key

    async def _page(self, key: Key) -> Page | Rendered:
        page = self._shelf.find(key)
        if page is None:
            return await asyncio.shield(self._make(key))
        age = self._clock() - page.kept_at
        if age < self._interval or page.lasts:
            return page
        making = self._make(key)
        if age < self._interval * STALE_INTERVALS:
            return page
        if age >= TROUBLE_SECONDS:
            return await asyncio.shield(making)
        made = await _within(PATIENCE_SECONDS, making)
        if made is None or (isinstance(made, Rendered) and made.status >= 500):  # noqa: PLR2004
            return page
        return made

    def _make(self, key: Key) -> "asyncio.Task[Page | Rendered]":
        """One rendering at a time for each page, however many wait for it."""
        task = self._making.get(key)
        if task is None:
            task = self._making[key] = asyncio.create_task(self._made(key))
            task.add_done_callback(lambda done: self._forget_making(key, done))
        return task

    def _forget_making(self, key: Key, done: "asyncio.Task[Page | Rendered]") -> None:
        if self._making.get(key) is done:
            del self._making[key]

    async def _made(self, key: Key) -> Page | Rendered:
        drops, began = self._drops, self._clock()
        try:
            rendered = await self._render(_impersonal_scope(key))
        except Turned:
            return Rendered()
        except Exception:
            log.exception("A page could not be made: %s", key.path)
            return Rendered()
        written = rendered.header(_TAGS)
        if written is None or rendered.status != 200 or len(rendered.body) > LARGEST_PAGE:  # noqa: PLR2004
            return rendered
        if fault := _fault(rendered):
            log.error("The page %s is marked @kept and %s", key.path, fault)
            return rendered
        tags = tags_written(written) | {f"community:{key.root_path.strip('/')}"}
        page = page_of(rendered.body, rendered.headers, tags=tags, at=began, interval=self._interval)
        if drops == self._drops:  # otherwise it may show what was just changed
            self._shelf.put(key, page)
        return page

    def drop(self, tags: Iterable[str]) -> None:
        """What is being made now may already be old: whoever comes from now on waits for a new one."""
        self._drops += 1
        self._making.clear()
        self._shelf.drop(tags)


async def _within(seconds: float, making: "asyncio.Task[Page | Rendered]") -> Page | Rendered | None:
    done, _ = await asyncio.wait({making}, timeout=seconds)
    return making.result() if done else None


def key_of(arrival: Arrival) -> Key | None:
    """Where this page would be kept; None when the reader is somebody or the route is not for keeping."""
    if arrival.method not in {"GET", "HEAD"} or b"authorization" in arrival.headers:
        return None
    if b"cookie" in arrival.headers and not is_visitor(arrival.cookies):
        return None
    keeping = keeping_at(arrival.path, settings.COMMUNITY_URLCONF if arrival.slug else settings.ROOT_URLCONF)
    if keeping is None or len(arrival.query) > _LONGEST_QUERY:
        return None
    query = canonical_query(arrival.query, keeping.query) if arrival.query else ""
    return Key(arrival.scheme, arrival.host, arrival.root_path, arrival.path, query, arrival.language)


@lru_cache(maxsize=16_384)
def keeping_at(path: str, urlconf: str) -> Keeping | None:
    try:
        return keeping_of(resolve(path, urlconf).func)
    except Resolver404:
        return None


def canonical_query(query: bytes, allowed: Iterable[str]) -> str:
    """The parameters that matter, in one order: all others are as if they were not sent."""
    pairs = parse_qsl(query.decode("latin-1"), errors="replace")
    return urlencode(sorted((pair for pair in pairs if pair[0] in allowed), key=lambda pair: pair[0]))


def _impersonal_scope(key: Key) -> Scope:
    headers = [
        (b"host", key.host.encode("latin-1")),
        (b"cookie", f"{settings.LANGUAGE_COOKIE_NAME}={key.language}".encode()),
    ]
    if key.scheme == "https":
        headers.append((b"x-forwarded-proto", b"https"))
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": key.scheme,
        "path": key.root_path + key.path,
        "root_path": key.root_path,
        "query_string": key.query.encode(),
        "headers": headers,
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
    }


def _fault(rendered: Rendered) -> str:
    if rendered.header(b"set-cookie") is not None:
        return "sets a cookie"
    if b"csrfmiddlewaretoken" in rendered.body:
        return "holds a CSRF token"
    return "holds a nonce" if b"'nonce-" in (rendered.header(b"content-security-policy") or b"") else ""


async def _send_page(page: Page, arrival: Arrival, send: Send) -> None:
    if page.etag in arrival.headers.get(b"if-none-match", b""):
        await send({"type": "http.response.start", "status": 304, "headers": page.unchanged_headers})
        await send({"type": "http.response.body", "body": b""})
        return
    packs = b"gzip" in arrival.headers.get(b"accept-encoding", b"")
    headers, body = (page.packed_headers, page.packed) if packs else (page.headers, page.body)
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if arrival.method == "HEAD" else body})
