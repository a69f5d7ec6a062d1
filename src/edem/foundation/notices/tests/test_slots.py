"""The hours of digests: Kyiv's clock decides, on days of 23 and 25 hours too."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.notices.slots import latest_slot
from edem.foundation.notices.subjects import Rhythm
from edem.kernel.deadlines import KYIV

moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
rhythms = st.sampled_from([Rhythm.DAILY, Rhythm.WEEKLY])


def kyiv(*parts):
    return datetime(*parts, tzinfo=KYIV)


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (kyiv(2026, 3, 28, 18), kyiv(2026, 3, 28, 18)),
        (kyiv(2026, 3, 29, 17, 59), kyiv(2026, 3, 28, 18)),  # the clocks went forward: 23 hours between the two
        (kyiv(2026, 3, 29, 18), kyiv(2026, 3, 29, 18)),
        (kyiv(2026, 10, 25, 18), kyiv(2026, 10, 25, 18)),  # and back: 25 hours
        (kyiv(2028, 2, 29, 20), kyiv(2028, 2, 29, 18)),
        (kyiv(2028, 3, 1, 9), kyiv(2028, 2, 29, 18)),
        (kyiv(2027, 1, 1, 0, 5), kyiv(2026, 12, 31, 18)),
    ],
)
def test_the_daily_digest_goes_at_six_in_the_evening(now, slot):
    assert latest_slot(Rhythm.DAILY, now) == slot


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (kyiv(2026, 3, 27, 9, 59), kyiv(2026, 3, 20, 10)),
        (kyiv(2026, 3, 27, 10), kyiv(2026, 3, 27, 10)),
        (kyiv(2026, 4, 2, 23), kyiv(2026, 3, 27, 10)),
        (kyiv(2026, 4, 3, 10), kyiv(2026, 4, 3, 10)),  # the first after the clocks went forward
        (kyiv(2028, 3, 2, 12), kyiv(2028, 2, 25, 10)),  # a leap day in between
    ],
)
def test_the_weekly_digest_goes_on_friday_at_ten(now, slot):
    assert latest_slot(Rhythm.WEEKLY, now) == slot


@given(rhythms, moments)
def test_a_slot_is_past_and_at_its_hour(rhythm, now):
    slot = latest_slot(rhythm, now)
    local = slot.astimezone(KYIV)
    assert slot <= now
    assert now - slot < timedelta(days=1 if rhythm is Rhythm.DAILY else 7, hours=2)
    assert (local.hour, local.minute) == ((18, 0) if rhythm is Rhythm.DAILY else (10, 0))
    assert rhythm is Rhythm.DAILY or local.weekday() == 4


@given(rhythms, moments)
def test_slots_follow_one_another_without_a_gap(rhythm, now):
    slot = latest_slot(rhythm, now)
    before = latest_slot(rhythm, slot - timedelta(seconds=1))
    days = (slot.astimezone(KYIV).date() - before.astimezone(KYIV).date()).days
    assert days == (1 if rhythm is Rhythm.DAILY else 7)


def test_a_year_has_as_many_daily_slots_as_days():
    found = {latest_slot(Rhythm.DAILY, kyiv(2028, 1, 1) + timedelta(minutes=30 * n)) for n in range(48 * 366)}
    days = {slot.astimezone(KYIV).date() for slot in found}
    assert date(2028, 2, 29) in days
    assert len(found) == len(days) == 367
