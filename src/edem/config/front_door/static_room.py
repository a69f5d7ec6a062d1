"""Static files: hashed names are kept by browsers for a year, small files by this process."""

import asyncio
import gzip
import mimetypes
import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join
from django.utils.module_loading import import_string
from starlette.types import Send

from edem.foundation.live.answers import send_body
from edem.foundation.live.arrival import Arrival
from edem.kernel.errors import Invalid
from edem.kernel.geo.pmtiles import NotReadableError
from edem.ui.maps import BASE_MAP, archive_of, map_hosts

_HASHED: Final = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")
_WORKER: Final = re.compile(r"(?:-worker|/workers/[a-z-]+)(?:\.[0-9a-f]{12})?\.m?js$")
_TILE: Final = re.compile(rf"{BASE_MAP}/\d{{1,20}}/(\d{{1,2}})/(\d{{1,8}})/(\d{{1,8}})")
_BASE_TYPES: Final = {
    "mvt": "application/vnd.mapbox-vector-tile", "png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp",
    "avif": "image/avif",
}  # fmt: skip
_PACKED: Final = (
    "text/",
    "application/json",
    "application/vnd.mapbox",
    "application/javascript",
    "image/svg+xml",
    "application/manifest+json",
)
_MOST_BYTES: Final = 32 * 1024 * 1024
_TYPES: Final = {".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2"}

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class StaticFile:
    body: bytes
    packed: bytes | None
    headers: Headers
    etag: bytes


class StaticRoom:
    def __init__(self) -> None:
        storage = import_string(settings.STORAGES["staticfiles"]["BACKEND"])
        self._is_collected = issubclass(storage, ManifestFilesMixin)
        self._files: dict[str, StaticFile] = {}
        self._weight = 0

    async def answer(self, arrival: Arrival, send: Send) -> None:
        name = arrival.path.removeprefix(settings.STATIC_URL)
        file = self._files.get(name) or await asyncio.get_running_loop().run_in_executor(None, self._read, name)
        if file is None or arrival.method not in {"GET", "HEAD"}:
            await send_body(send, 404 if file is None else 405, b"", [(b"cache-control", b"no-store")])
        elif file.etag in arrival.headers.get(b"if-none-match", b""):
            await send({"type": "http.response.start", "status": 304, "headers": file.headers})
            await send({"type": "http.response.body", "body": b""})
        else:
            await _send_file(file, arrival, send)

    def _read(self, name: str) -> StaticFile | None:
        if name.startswith(f"{BASE_MAP}/"):
            return base_tile(name)
        path = self._path(name)
        if path is None or not path.is_file():
            return None
        file = static_file(name, path.read_bytes())
        weight = len(file.body) + len(file.packed or b"")
        if self._is_collected and self._weight + weight <= _MOST_BYTES:
            self._files[name] = file
            self._weight += weight
        return file

    def _path(self, name: str) -> Path | None:
        try:
            if self._is_collected:
                return Path(safe_join(settings.STATIC_ROOT, name))
            found = finders.find(name)
        except (SuspiciousFileOperation, ValueError):
            return None
        return Path(found) if isinstance(found, str) else None


def base_tile(name: str) -> StaticFile | None:
    """A tile of the operator's own base map: «base-map/<version>/<z>/<x>/<y>»; browsers keep it, we do not."""
    file, place = settings.EDEM.map_archive, _TILE.fullmatch(name)
    if file is None or place is None:
        return None
    try:
        archive = archive_of(file)
        body = archive.tile(*(int(number) for number in place.groups()))
    except (NotReadableError, OSError, Invalid):
        return None
    return None if body is None else static_file(name, body, kind=_BASE_TYPES[archive.kind])


def static_file(name: str, body: bytes, *, kind: str = "") -> StaticFile:
    kind = kind or _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    control = (
        "public, max-age=31536000, immutable"
        if _HASHED.search(name) or name.startswith(BASE_MAP)
        else "public, max-age=60"
    )
    etag = b'W/"' + blake2b(body, digest_size=12).hexdigest().encode() + b'"'
    headers = [
        (b"content-type", f"{kind}; charset=utf-8".encode() if kind.startswith("text/") else kind.encode()),
        (b"cache-control", control.encode()),
        (b"etag", etag),
        (b"vary", b"accept-encoding"),
        (b"x-content-type-options", b"nosniff"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"content-security-policy", policy_of(name)),
    ]
    packed = gzip.compress(body, 6, mtime=0) if kind.startswith(_PACKED) else None
    return StaticFile(body, packed if packed and len(packed) < len(body) else None, headers, etag)


def policy_of(name: str) -> bytes:
    """A file is only read; a worker lives under its own policy, not under the page's."""
    if not _WORKER.search(name):
        return b"default-src 'none'; style-src 'unsafe-inline'; sandbox"
    fetched = " ".join(["'self'", *map_hosts()])
    return f"default-src 'none'; script-src 'self'; connect-src {fetched}; img-src {fetched} blob: data:".encode()


async def _send_file(file: StaticFile, arrival: Arrival, send: Send) -> None:
    headers, body = file.headers, file.body
    if file.packed is not None and b"gzip" in arrival.headers.get(b"accept-encoding", b""):
        headers, body = [*headers, (b"content-encoding", b"gzip")], file.packed
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": b"" if arrival.method == "HEAD" else body})
