from datetime import UTC, datetime
from pathlib import Path

import pytest

from edem.foundation.places.models import CalendarVersion
from edem.kernel.ukraine import UKRAINE

GEO = Path(__file__).resolve().parents[6] / "shared/data/geo"


@pytest.fixture
def codifier_file() -> Path:
    """The official codifier, kept beside the project."""
    path = GEO / "katottg_2025-05-16.csv"
    if not path.exists():
        pytest.skip("the real data are not beside the project: ../shared/data/geo")
    return path


@pytest.fixture(autouse=True)
def _the_first_calendar_is_there(request: pytest.FixtureRequest) -> None:
    """Migration 0002 saved it, but a test that commits empties the tables after itself."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        if not CalendarVersion.objects.exists():
            CalendarVersion.objects.create(
                saved_at=datetime(1991, 8, 24, tzinfo=UTC), reason="перший", values=UKRAINE.model_dump(mode="json")
            )
