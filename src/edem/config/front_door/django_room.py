"""Django's room: everything that is not memory, intake or live, as WSGI in a thread pool."""

import asyncio
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Self, cast

from a2wsgi import WSGIMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from edem.config.front_door.arriving import Turned
from edem.config.wsgi import application as django
from edem.foundation.live.arrival import Arrival
from edem.foundation.live.kept import TAGS_HEADER

THREADS: Final = 8
READERS: Final = 3
"""Pages made at once: more threads that only reckon take Python's one lock from each other, and all become slower by a
third (docs/performance.md). Forms and files, which wait for slow clients, have all the threads."""
MOST_WAITING: Final = 1536
"""Requests inside at once: a town that begins to sign in at one moment, and some. When a lock or a slow disk holds the
threads, the one too many hears so at once."""
LARGEST_BODY: Final = 128 * 1024 * 1024
"""Eight photos of 15 MB, or a video of 100; forms without files have Django's own, smaller limit."""
_TAGS: Final = TAGS_HEADER.lower().encode()
_ENDLESS: Final = {"type": "http.request", "body": b"", "more_body": False}

Headers = list[tuple[bytes, bytes]]


@dataclass(slots=True)
class Rendered:
    """A whole answer of Django's."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    body: bytes = b""

    def header(self, name: bytes) -> bytes | None:
        return next((value for known, value in self.headers if known == name), None)


class DjangoRoom:
    def __init__(self) -> None:
        self._app = cast(ASGIApp, WSGIMiddleware(django, workers=THREADS))  # type: ignore[arg-type]
        self._inside = 0
        self._reading = asyncio.Semaphore(READERS)

    async def answer(self, arrival: Arrival, receive: Receive, send: Send) -> None:
        _check_body(arrival)
        scope = arrival.scope
        scope.update(path=arrival.root_path + arrival.path, root_path=arrival.root_path, scheme=arrival.scheme)
        async with self._entered():
            if arrival.method not in {"GET", "HEAD"}:
                await self._app(scope, _as_coroutine(receive), _without_tags(send))
                return
            async with Turn(self._reading) as turn:
                await self._app(scope, _as_coroutine(receive), turn.until_begun(_without_tags(send)))

    async def render(self, scope: Scope) -> Rendered:
        """The answer to a request that has no body, gathered instead of sent."""
        rendered, pieces = Rendered(), []

        async def gather(message: Message) -> None:
            if message["type"] == "http.response.start":
                rendered.status, rendered.headers = message["status"], message["headers"]
            else:
                pieces.append(message.get("body", b""))

        async def nothing() -> Message:
            return cast(MutableMapping[str, Any], _ENDLESS)

        async with self._entered():
            await self._app(scope, nothing, gather)
        rendered.body = b"".join(pieces)
        return rendered

    @asynccontextmanager
    async def _entered(self) -> AsyncIterator[None]:
        if self._inside >= MOST_WAITING:
            raise Turned(503)
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1


class Turn:
    """One of the pages made at once; given back when its answer begins, for a slow reader keeps nobody busy."""

    def __init__(self, turns: asyncio.Semaphore) -> None:
        self._turns, self._is_held = turns, False

    async def __aenter__(self) -> Self:
        await self._turns.acquire()
        self._is_held = True
        return self

    async def __aexit__(self, *_failure: object) -> None:
        self._give_back()

    def _give_back(self) -> None:
        if self._is_held:
            self._is_held = False
            self._turns.release()

    def until_begun(self, send: Send) -> Send:
        async def begun(message: Message) -> None:
            self._give_back()
            await send(message)

        return begun


def _check_body(arrival: Arrival) -> None:
    length = arrival.headers.get(b"content-length")
    if length is not None and (not length.isdigit() or int(length) > LARGEST_BODY):
        raise Turned(413)
    if length is None and b"transfer-encoding" in arrival.headers:
        raise Turned(411)


def _as_coroutine(receive: Receive) -> Receive:
    """The server gives a future, and a2wsgi hands what it gets to the loop as a coroutine: no form would arrive."""

    async def received() -> Message:
        return await receive()

    return received


def _without_tags(send: Send) -> Send:
    async def stripped(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [pair for pair in message["headers"] if pair[0] != _TAGS]
        await send(message)

    return stripped
