"""Django's room: everything that is not memory, intake or live, as WSGI in a thread pool."""

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from a2wsgi import WSGIMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from edem.config.front_door.arriving import Turned
from edem.config.wsgi import application as django
from edem.foundation.live.arrival import Arrival
from edem.foundation.live.kept import TAGS_HEADER

THREADS: Final = 8
MOST_WAITING: Final = 256
"""Requests inside at once; when a lock or a slow disk holds the threads, the one too many hears so at once."""
LARGEST_BODY: Final = 32 * 1024 * 1024
"""Scans and photos included; forms without files have Django's own, smaller limit."""
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

    async def answer(self, arrival: Arrival, receive: Receive, send: Send) -> None:
        _check_body(arrival)
        scope = arrival.scope
        scope.update(path=arrival.root_path + arrival.path, root_path=arrival.root_path, scheme=arrival.scheme)
        await self._enter(scope, _as_coroutine(receive), _without_tags(send))

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

        await self._enter(scope, nothing, gather)
        rendered.body = b"".join(pieces)
        return rendered

    async def _enter(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._inside >= MOST_WAITING:
            raise Turned(503)
        self._inside += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._inside -= 1


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
