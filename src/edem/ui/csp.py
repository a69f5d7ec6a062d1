"""The one inline script of our pages, the import map, and its hash for the Content-Security-Policy."""

import base64
import hashlib
import json
from functools import cache

from django.contrib.staticfiles import finders
from django.templatetags.static import static


@cache
def import_map() -> str:
    """Bare names of every app's modules → their hashed addresses: `ui/live-number`, `petitions/sign`."""
    paths = sorted(path for finder in finders.get_finders() for path, _storage in finder.list([]))
    modules = {path.replace("/js/", "/").removesuffix(".js"): static(path) for path in paths if _is_module(path)}
    return json.dumps({"imports": modules}, ensure_ascii=False, separators=(",", ":"))


@cache
def import_map_hash() -> str:
    """For `script-src`: `'self' 'sha256-…'`."""
    digest = hashlib.sha256(import_map().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _is_module(path: str) -> bool:
    return "/js/" in path and path.endswith(".js")
