"""Short answers of the rooms that do not ask Django."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from starlette.types import Send

Headers = Sequence[tuple[bytes, bytes]]

PLAIN_GUARDS: Final[Headers] = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""For answers that are no pages: nothing in them may run, whoever opens them."""

JSON_HEADERS: Final[Headers] = ((b"content-type", b"application/json; charset=utf-8"), *PLAIN_GUARDS)
UNKEPT: Final = (b"cache-control", b"no-store")


async def send_body(send: Send, status: int, body: bytes, headers: Headers) -> None:
    await send_written(send, status, body, with_length(headers, body))


async def send_written(send: Send, status: int, body: bytes, headers: Headers) -> None:
    """For an answer that was written before, its length included."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def with_length(headers: Headers, body: bytes) -> Headers:
    return [*headers, (b"content-length", str(len(body)).encode())]


as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


async def send_json(send: Send, status: int, content: Mapping[str, object], *extra: tuple[bytes, bytes]) -> None:
    await send_body(send, status, as_json(content).encode(), [*JSON_HEADERS, *(extra or (UNKEPT,))])
