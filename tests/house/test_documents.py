"""Documents that repeat what the code says must say the same."""

import pytest

from edem.kernel.lifecycle_diagram import diagram_of
from edem.services.petitions.rules.lifecycle import LIFECYCLE as OF_PETITIONS
from edem.services.reports.rules.lifecycle import LIFECYCLE as OF_REPORTS
from tests.house.source import ROOT, read


@pytest.mark.parametrize("lifecycle", [OF_PETITIONS, OF_REPORTS], ids=["petitions", "reports"])
def test_the_diagram_on_the_map_is_the_lifecycle_of_the_code(lifecycle):
    assert diagram_of(lifecycle) in read(ROOT / "docs" / "map.md")
