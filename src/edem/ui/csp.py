"""The one inline script of our pages, the import map, and its hash for the Content-Security-Policy."""

import base64
import hashlib
import json
from collections.abc import Collection
from functools import cache

from django.apps import apps
from django.contrib.staticfiles import finders
from django.templatetags.static import static


@cache
def import_map() -> str:
    """Bare names of every app's modules → their hashed addresses: `ui/live-number`, `petitions/sign`."""
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("edem.")}
    found = sorted(path for finder in finders.get_finders() for path, _storage in finder.list([]))
    modules = {path.replace("/js/", "/").removesuffix(".js"): static(path) for path in found if _is_module(path, ours)}
    return json.dumps({"imports": modules}, ensure_ascii=False, separators=(",", ":"))


@cache
def import_map_hash() -> str:
    """For `script-src`: `'self' 'sha256-…'`."""
    digest = hashlib.sha256(import_map().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _is_module(path: str, owners: Collection[str]) -> bool:
    owner, _, rest = path.partition("/")
    return owner in owners and rest.startswith("js/") and rest.endswith(".js")
