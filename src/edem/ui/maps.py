"""What every map of ours stands on: the base map that the operator has chosen, and the hosts it comes from."""

import json
import logging
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.templatetags.static import static

from edem.kernel.geo.pmtiles import NotReadableError, open_archive

BASE_MAP: Final = "base-map"
"""The part of the static address under which the tiles of the operator's own file are."""
log = logging.getLogger(__name__)

UKRAINE: Final = (22.1, 44.2, 40.3, 52.4)
"""West, south, east, north: shown where there is nothing yet."""


def map_setup() -> str:
    """For `data-map` of an element that draws a map: addresses of its parts and of its base, as JSON."""
    env = settings.EDEM
    whole = {
        "library": static("vendor/maplibre-gl.mjs"),
        "worker": static("vendor/maplibre-gl-worker.mjs"),
        "style": env.map_style_url,
        "raster": env.map_raster_url,
        "own": own_base(env.map_archive),
        "credit": env.map_credit,
        "bounds": UKRAINE,
    }
    return json.dumps(whole, ensure_ascii=False)


def own_base(file: Path | None) -> dict[str, object] | None:
    """The operator's own archive; the front door serves its tiles among the static files."""
    if file is None:
        return None
    try:
        archive = archive_of(file)
    except (OSError, NotReadableError) as fault:
        log.error("The base map %s cannot be read: %s", file, fault)  # noqa: TRY400 - the words say all
        return None
    return {
        "tiles": f"{settings.STATIC_URL}{BASE_MAP}/{file.stat().st_mtime_ns}/{{z}}/{{x}}/{{y}}",
        "kind": "vector" if archive.kind == "mvt" else "raster",
        "least": archive.min_zoom,
        "most": archive.max_zoom,
    }


archive_of = cache(open_archive)


def map_hosts() -> list[str]:
    """Origins for the Content-Security-Policy; none when there is no base map or it is our own."""
    env = settings.EDEM
    addresses = [urlsplit(address) for address in (env.map_style_url, env.map_raster_url, *env.map_hosts)]
    return sorted({f"{parts.scheme}://{parts.netloc}" for parts in addresses if parts.netloc})
