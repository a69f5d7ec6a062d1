"""Which community an address belongs to: by the first path segment or by a host name of its own."""

from functools import lru_cache
from typing import NamedTuple

from edem.foundation.communities.directory import directory


class Located(NamedTuple):
    slug: str | None
    root_path: str
    path: str


def locate(host: str, path: str) -> Located:
    """Take the community off the address; `root_path` is what stays in front of every link."""
    known = directory()
    own = known.owner_of(bare_host(host))
    if own is not None:
        return Located(own, "", path)
    first, slash, rest = path.lstrip("/").partition("/")
    if slash and known.has(first):
        return Located(first, f"/{first}", f"/{rest}")
    return Located(None, "", path)


@lru_cache(maxsize=1024)
def bare_host(host: str) -> str:
    """Without the port and the final dot, in small letters: «Example.UA.:443» is example.ua."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower().removesuffix(".")
