"""The few files of npm packages that pages load: named one by one, for a package holds each thing in many forms."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

FILES: Final = {
    "vendor/maplibre-gl.mjs": "maplibre-gl/dist/maplibre-gl.mjs",
    "vendor/maplibre-gl-worker.mjs": "maplibre-gl/dist/maplibre-gl-worker.mjs",
    "vendor/maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
    "vendor/supercluster.js": "supercluster/dist/supercluster.min.js",
}
"""Address under /static/ → file under node_modules."""


Faults = list[CheckMessage]


class _Renamed(FileSystemStorage):
    """Reads under our own names what lies in node_modules."""

    def path(self, name: str) -> str:
        return super().path(FILES.get(name, name))


class VendoredFiles(BaseFinder):
    def __init__(self) -> None:
        self.storage = _Renamed(location=settings.NODE_MODULES)

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        if path not in FILES or not Path(self.storage.path(path)).is_file():
            return ()
        found = self.storage.path(path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:  # noqa: ARG002 - Django's
        for name in FILES:
            if Path(self.storage.path(name)).is_file():
                yield name, self.storage

    def check(self, **_: Any) -> Faults:
        return []
