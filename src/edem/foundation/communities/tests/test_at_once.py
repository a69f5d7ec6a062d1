"""Two administrators act at the same moment, each on a connection of their own."""

from datetime import UTC, date, datetime
from functools import partial

import pytest

from edem.config.testing.at_once import at_once
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


def test_charters_adopted_at_once_follow_one_another():
    community = CommunityFactory()

    def adopt(number: int) -> None:
        adopt_charter(
            community.pk,
            "petitions",
            charter=SampleCharter(threshold=100 + number),
            act=Act(title="Положення", number=str(number), date=date(2026, 3, 1)),
            clauses={},
            in_force_from=date(2026, 3, 10),
            record=unrecorded,
            now=NOW,
        )

    at_once(*(partial(adopt, number) for number in range(TOGETHER)))
    versions = CharterVersion.objects.order_by("version")
    assert [version.version for version in versions] == [1, 2, 3, 4]
    assert {version.values["threshold"] for version in versions} == {100, 101, 102, 103}


def test_calendar_changes_at_once_are_all_kept():
    def move(number: int) -> None:
        moved = MovedDay(off=date(2026, 8, 3 + number), worked=date(2026, 9, 5 + 7 * number))
        change_calendar(with_transfer(moved), reason="Розпорядження", record=unrecorded, now=NOW)

    at_once(*(partial(move, number) for number in range(TOGETHER)))
    assert len(working_calendar(NOW).transfers) == TOGETHER
