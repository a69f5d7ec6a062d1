from pathlib import Path

import pytest

GEO = Path(__file__).resolve().parents[6] / "shared/data/geo"


@pytest.fixture
def national_list() -> bytes:
    """The real list of communities with population, kept beside the project."""
    path = GEO / "hromady_all.csv"
    if not path.exists():
        pytest.skip("the real data are not beside the project: ../shared/data/geo")
    return path.read_bytes()
