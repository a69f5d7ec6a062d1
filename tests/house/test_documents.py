"""Documents that repeat what the code says must say the same."""

from edem.services.petitions.rules.lifecycle import LIFECYCLE
from tests.house.source import ROOT, read


def test_the_diagram_on_the_map_is_the_lifecycle_of_the_code():
    assert LIFECYCLE.diagram() in read(ROOT / "docs" / "map.md")
