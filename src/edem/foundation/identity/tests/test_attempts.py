"""A sign-in under way: for its browser, once, and up to the last second of its ten minutes."""

from datetime import UTC, datetime, timedelta

import pytest

from edem.foundation.identity.attempts import AT_ONCE, LIFE, begin, finish
from edem.foundation.identity.claims import Method
from edem.kernel.errors import NotAllowed

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def begun(session):
    return begin(session, method=Method.BANK_ID, next_path="/", community="", now=NOW)


def test_an_attempt_lives_to_the_end_of_its_ten_minutes_and_is_taken_once():
    session = {}
    states = [begun(session), begun(session)]
    assert finish(session, states[0], now=NOW + LIFE - timedelta(microseconds=1)).method == Method.BANK_ID
    with pytest.raises(NotAllowed, match="state_unknown"):
        finish(session, states[0], now=NOW)
    with pytest.raises(NotAllowed, match="state_expired"):
        finish(session, states[1], now=NOW + LIFE)


def test_of_many_tabs_the_newest_go_on():
    session = {}
    states = [begun(session) for _ in range(AT_ONCE + 1)]
    with pytest.raises(NotAllowed, match="state_unknown"):
        finish(session, states[0], now=NOW)
    assert all(finish(session, state, now=NOW) for state in states[1:])
