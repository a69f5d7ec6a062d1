import pytest

from edem.foundation.events.tests import happenings


@pytest.fixture(autouse=True)
def calls() -> list[tuple[object, ...]]:
    happenings.CALLS.clear()
    return happenings.CALLS
