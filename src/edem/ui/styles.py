"""One stylesheet made of many: every component keeps its own small file, a phone fetches `ui/core.css` once."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import get_ident
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

Faults = list[CheckMessage]

CORE = "ui/core.css"
HERE = Path(__file__).parent


def core_css() -> str:
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets())


def sheets() -> Sequence[Path]:
    """Tokens, base and layout by their numbers, then the components by name."""
    return [
        *sorted(HERE.glob("look/*.css")),
        *(sheet for sheet in sorted(HERE.glob("*/*.css")) if sheet.parent.name != "look"),
    ]


class JoinedStyles(BaseFinder):
    """A static files finder that keeps the joined stylesheet up to date in the project's state folder."""

    def __init__(self) -> None:
        self.storage = FileSystemStorage(location=settings.STATIC_ROOT.parent / "styles")

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        if path != CORE:
            return ()
        found = str(self._written())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:  # noqa: ARG002 - Django's
        self._written()
        yield CORE, self.storage

    def check(self, **_: Any) -> Faults:
        return []

    def _written(self) -> Path:
        target, css = Path(self.storage.path(CORE)), core_css()
        if not target.exists() or target.read_text(encoding="utf-8") != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(f".{os.getpid()}-{get_ident()}")
            fresh.write_text(css, encoding="utf-8")
            fresh.replace(target)
        return target
