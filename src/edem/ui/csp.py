"""The import map of our pages, and hashes of what stands in them for the Content-Security-Policy."""

import base64
import hashlib
import json
from collections.abc import Collection
from functools import cache, lru_cache

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
    return sha256_of(import_map())


@lru_cache(maxsize=4_096)
def sha256_of(inline: str) -> str:
    """How a policy names what stands in the page itself."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"


def _is_module(path: str, owners: Collection[str]) -> bool:
    owner, _, rest = path.partition("/")
    return owner in owners and rest.startswith("js/") and rest.endswith(".js")
