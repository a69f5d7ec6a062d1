"""Where a report is, for the map of its pages: the place, and what else happened round it."""

from urllib.parse import urlencode

from edem.kernel.geo.points import Box, Point
from edem.ui.maps import map_setup

ROUND_M = 300


def place_shown(lat: float | None, lon: float | None) -> dict[str, str] | None:
    """Nothing for a report without a place: its address says what there is."""
    if lat is None or lon is None:
        return None
    box = Box.around(Point(lat, lon), ROUND_M)
    edges = ",".join(f"{each:.5f}" for each in (box.west, box.south, box.east, box.north))
    return {"setup": map_setup(), "at": f"{lat:.6f},{lon:.6f}", "around": urlencode({"box": edges})}
