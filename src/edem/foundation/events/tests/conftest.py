import pytest

from edem.foundation.events.testing import Announced
from edem.foundation.events.testing import announced as announced_so_far
from edem.foundation.events.tests import happenings


@pytest.fixture(autouse=True)
def calls() -> list[tuple[object, ...]]:
    happenings.CALLS.clear()
    return happenings.CALLS


@pytest.fixture
def announced(db) -> Announced:
    return announced_so_far()
