from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.events.facts import event, from_json, name_of, to_json
from edem.foundation.events.tests.happenings import EveryKind, LampLit

moments = st.datetimes(
    min_value=datetime(1991, 1, 1),
    timezones=st.sampled_from([UTC, ZoneInfo("Europe/Kyiv"), ZoneInfo("America/New_York")]),
)
facts = st.builds(EveryKind, number=st.integers(), at=moments)


@given(facts)
def test_an_event_comes_back_from_json_as_it_was(fact):
    back = from_json(name_of(EveryKind), to_json(fact))
    # Compared in UTC: Python calls an hour that a change of clocks repeats unequal to itself in another zone.
    assert replace(back, at=back.at.astimezone(UTC)) == replace(fact, at=fact.at.astimezone(UTC))


def test_json_of_an_event_has_only_plain_types():
    told = to_json(LampLit(5, datetime(2026, 3, 1, tzinfo=UTC)))
    assert told == {"lamp_id": 5, "closes_at": "2026-03-01T00:00:00Z"}


def test_an_event_is_named_by_its_service():
    class PetitionReached: ...

    PetitionReached.__module__ = "edem.services.petitions.events"
    assert name_of(PetitionReached) == "petitions.PetitionReached"


def test_a_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        to_json(LampLit(1, datetime(2026, 1, 1)))


def test_an_event_must_be_frozen():
    @dataclass
    class Soft:
        number: int

    with pytest.raises(TypeError, match="frozen"):
        event(Soft)


def test_an_event_carries_no_objects():
    @dataclass(frozen=True)
    class Heavy:
        things: list[int]

    with pytest.raises(TypeError, match="carries"):
        event(Heavy)


def test_two_events_never_share_a_name():
    @dataclass(frozen=True)
    class LampLit:
        day: date

    LampLit.__module__ = "edem.foundation.events.tests.happenings"
    with pytest.raises(TypeError, match="two events"):
        event(LampLit)
