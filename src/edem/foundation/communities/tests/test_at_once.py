"""Two administrators act at the same moment, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import connection

from edem.foundation.communities.actions import Act, adopt_charter
from edem.foundation.communities.models import CharterVersion
from edem.foundation.communities.recording import unrecorded
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.communities.tests.sample_charter import SampleCharter
from edem.foundation.places.actions import change_calendar
from edem.foundation.places.calendar_changes import with_transfer
from edem.foundation.places.queries import working_calendar
from edem.kernel.deadlines import MovedDay

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
TOGETHER = 4


def at_once(act: Callable[[int], object]) -> list[object]:
    ready = Barrier(TOGETHER)

    def one(number: int) -> object:
        try:
            ready.wait(timeout=20)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as people:
        return list(people.map(one, range(TOGETHER)))


def test_charters_adopted_at_once_follow_one_another():
    community = CommunityFactory()
    at_once(
        lambda number: adopt_charter(
            community.pk,
            "petitions",
            charter=SampleCharter(threshold=100 + number),
            act=Act(title="Положення", number=str(number), date=date(2026, 3, 1)),
            clauses={},
            in_force_from=date(2026, 3, 10),
            record=unrecorded,
            now=NOW,
        )
    )
    versions = CharterVersion.objects.order_by("version")
    assert [version.version for version in versions] == [1, 2, 3, 4]
    assert {version.values["threshold"] for version in versions} == {100, 101, 102, 103}


def test_calendar_changes_at_once_are_all_kept():
    at_once(
        lambda number: change_calendar(
            with_transfer(MovedDay(off=date(2026, 8, 3 + number), worked=date(2026, 9, 5 + 7 * number))),
            reason="Розпорядження",
            record=unrecorded,
            now=NOW,
        )
    )
    assert len(working_calendar(NOW).transfers) == TOGETHER
