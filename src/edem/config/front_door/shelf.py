"""The shelf of kept pages: bounded in bytes, the least recently read goes first, tags take down."""

import gzip
import json
from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, NamedTuple

from edem.foundation.live.parts import EVERYTHING

_OVERHEAD: Final = 2_048
_DROPPED_HEADERS: Final = frozenset({b"content-length", b"cache-control", b"expires", b"x-edem-kept", b"etag", b"vary"})
_GZIP_LEVEL: Final = 5
Headers = list[tuple[bytes, bytes]]


class Key(NamedTuple):
    """All that a kept page may depend on."""

    scheme: str
    host: str
    root_path: str
    path: str
    query: str
    language: str


@dataclass(slots=True, kw_only=True)
class Page:
    """One page as it goes out: plain and gzipped, with all its headers."""

    body: bytes
    packed: bytes
    headers: Headers
    packed_headers: Headers
    unchanged_headers: Headers
    etag: bytes
    tags: frozenset[str]
    kept_at: float
    lasts: bool
    """What stands behind its address never changes: it is never made anew."""

    @property
    def weight(self) -> int:
        return len(self.body) + len(self.packed) + _OVERHEAD


def page_of(body: bytes, headers: Headers, *, tags: frozenset[str], at: float, interval: float) -> Page:
    seconds = max(1, round(interval))
    lasting = next((value for name, value in headers if name == b"cache-control" and b"immutable" in value), None)
    etag = b'W/"' + blake2b(body, digest_size=12).hexdigest().encode() + b'"'
    control = f"public, max-age={seconds}, stale-while-revalidate={seconds * 2}, stale-if-error={seconds * 5}"
    common = [
        *(pair for pair in headers if pair[0] not in _DROPPED_HEADERS),
        (b"etag", etag),
        (b"cache-control", lasting or control.encode()),
        (b"vary", b"Accept-Encoding, Cookie"),
    ]
    packed = gzip.compress(body, _GZIP_LEVEL, mtime=0)
    packing = [(b"content-encoding", b"gzip"), (b"content-length", str(len(packed)).encode())]
    return Page(
        body=body,
        packed=packed,
        headers=[*common, (b"content-length", str(len(body)).encode())],
        packed_headers=[*common, *packing],
        unchanged_headers=[pair for pair in common if pair[0] != b"content-type"],
        etag=etag,
        tags=tags,
        kept_at=at,
        lasts=lasting is not None,
    )


class Shelf:
    def __init__(self, *, most_bytes: int) -> None:
        self._most = most_bytes
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._by_tag: defaultdict[str, set[Key]] = defaultdict(set)
        self.weight = 0

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, key: Key) -> Page | None:
        page = self._pages.get(key)
        if page is not None:
            self._pages.move_to_end(key)
        return page

    def put(self, key: Key, page: Page) -> None:
        self._remove(key)
        if page.weight > self._most:
            return
        self._pages[key] = page
        self.weight += page.weight
        for tag in page.tags:
            self._by_tag[tag].add(key)
        while self.weight > self._most:
            self._remove(next(iter(self._pages)))

    def drop(self, tags: Iterable[str]) -> None:
        for tag in tags:
            keys = list(self._pages) if tag == EVERYTHING else list(self._by_tag.get(tag, ()))
            for key in keys:
                self._remove(key)

    def _remove(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is None:
            return
        self.weight -= page.weight
        for tag in page.tags:
            self._by_tag[tag].discard(key)
            if not self._by_tag[tag]:
                del self._by_tag[tag]


def tags_written(value: bytes) -> frozenset[str]:
    return frozenset(json.loads(value))
