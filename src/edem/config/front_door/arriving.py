"""Reads a request at the door: who really sent it, for which host and which community."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import ip_address, ip_network
from time import monotonic
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import connection
from django.http.request import split_domain_port, validate_host
from starlette.types import Scope

from edem.foundation.communities.directory import directory
from edem.foundation.communities.tenancy import Located, bare_host, locate
from edem.foundation.live.arrival import Arrival

_FRESH_SECONDS: Final = 4.0
"""Less than the directory's own pause, so that `locate` on the event loop never reads the database."""
_TRUSTED: Final = tuple(ip_network(each) for each in settings.EDEM.trusted_proxies)
T = TypeVar("T")

_FORWARDED: Final = frozenset(
    {b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"forwarded", b"x-request-id"}
)
_reading_room = ThreadPoolExecutor(max_workers=1, thread_name_prefix="directory")


class Turned(Exception):
    """Turned away at the door."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def arrive(scope: Scope) -> Arrival:
    headers: dict[bytes, bytes] = dict(scope["headers"])
    address, scheme = _sender(scope, headers)
    host = headers.get(b"host", b"").decode("latin-1").lower()
    if not is_our_host(host):
        raise Turned(400)
    path = scope["path"]
    located = locate(host, path) if _needs_no_reading(path) else await _read_and_locate(host, path)
    return Arrival(
        scope=scope, headers=headers, at=datetime.now(UTC), host=host, address=address, scheme=scheme,  # noqa: TID251
        slug=located.slug, root_path=located.root_path, path=located.path,
    )  # fmt: skip


def is_our_host(host: str) -> bool:
    return _is_allowed(host) or bare_host(host) in directory().by_host


@lru_cache(maxsize=1024)
def _is_allowed(host: str) -> bool:
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _needs_no_reading(path: str) -> bool:
    known = directory()
    return path[1:].partition("/")[0] in known.slugs or monotonic() - known.loaded_at < _FRESH_SECONDS


async def _read_and_locate(host: str, path: str) -> Located:
    return await asyncio.get_running_loop().run_in_executor(_reading_room, _reading, lambda: locate(host, path))


async def load_directory() -> None:
    await asyncio.get_running_loop().run_in_executor(_reading_room, _reading, directory().load)


def _reading(read: Callable[[], T]) -> T:
    """Once in a few seconds at most: no connection is held for it."""
    try:
        return read()
    finally:
        connection.close()


def true_sender(scope: Scope) -> str:
    return _sender(scope, dict(scope["headers"]))[0]


def _sender(scope: Scope, headers: dict[bytes, bytes]) -> tuple[str, str]:
    """The reader's address and scheme; what an untrusted sender claims about itself is taken off the request."""
    peer, scheme = (scope.get("client") or ("", 0))[0], scope["scheme"]
    if _FORWARDED.isdisjoint(headers):
        return peer, scheme
    if not _is_trusted(peer):
        _take_off(scope, headers)
        return peer, scheme
    claimed = headers.get(b"x-forwarded-for", b"").decode("latin-1")
    address = _last_untrusted([peer, *reversed([part.strip() for part in claimed.split(",") if part.strip()])])
    proto = headers.get(b"x-forwarded-proto", b"").decode("latin-1")
    scope["client"] = (address, 0)
    return address, proto if proto in {"http", "https"} else scheme


def _last_untrusted(chain: list[str]) -> str:
    """Walk from our side outwards; the first that is no proxy of ours is the reader."""
    return next((each for each in chain if not _is_trusted(each)), chain[-1])


def _take_off(scope: Scope, headers: dict[bytes, bytes]) -> None:
    scope["headers"] = [pair for pair in scope["headers"] if pair[0] not in _FORWARDED]
    for name in _FORWARDED:
        headers.pop(name, None)


@lru_cache(maxsize=4096)
def _is_trusted(address: str) -> bool:
    try:
        parsed: Any = ip_address(address)
    except ValueError:
        return False
    own = getattr(parsed, "ipv4_mapped", None) or parsed  # «::ffff:127.0.0.1», where both families share a socket
    return any(own in network for network in _TRUSTED)
