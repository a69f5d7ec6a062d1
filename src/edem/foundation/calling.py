"""Calling other servers: whose word about their names is taken, and which of them lie beyond this machine."""

import ssl
from functools import cache
from typing import Final
from urllib.parse import urlsplit

import httpx

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@cache
def web_authorities() -> ssl.SSLContext:
    """Once a process: reading a hundred and forty certificates takes a tenth of a second, for every call anew."""
    return httpx.create_ssl_context()


def is_outer(address: str) -> bool:
    """Another machine's, over https: no simulator, and nobody on the way reads along."""
    parts = urlsplit(address)
    return parts.scheme == "https" and bool(parts.hostname) and parts.hostname not in LOOPBACK
