from pathlib import Path

import pytest

GEO = Path(__file__).resolve().parents[6] / "shared/data/geo"


@pytest.fixture
def codifier_file() -> Path:
    """The official codifier, kept beside the project."""
    path = GEO / "katottg_2025-05-16.csv"
    if not path.exists():
        pytest.skip("the real data are not beside the project: ../shared/data/geo")
    return path
