from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.events.rhythms import Daily, Every
from edem.kernel.deadlines import KYIV

instants = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1), timezones=st.just(UTC))
times = st.times().map(lambda time: time.replace(second=0, microsecond=0))


def rounds(rhythm, *, since, until, tick=timedelta(minutes=1)):
    """Walk the clock and count every new due moment."""
    seen, at = set(), since
    while at < until:
        seen.add(rhythm.latest_due(at))
        at += tick
    return sorted(seen - {rhythm.latest_due(since - tick)})


def kyiv(day, hour=0, minute=0):
    return datetime(*day, hour, minute, tzinfo=KYIV).astimezone(UTC)


def test_a_daily_job_follows_the_clock_of_kyiv_in_winter_and_summer():
    assert Daily.parse("00:05").latest_due(kyiv((2026, 1, 15), 12)) == datetime(2026, 1, 14, 22, 5, tzinfo=UTC)
    assert Daily.parse("00:05").latest_due(kyiv((2026, 7, 15), 12)) == datetime(2026, 7, 14, 21, 5, tzinfo=UTC)


@given(times)
def test_a_spring_day_that_loses_an_hour_has_one_round(at):
    due = rounds(Daily(at), since=kyiv((2026, 3, 29)), until=kyiv((2026, 3, 30)), tick=timedelta(minutes=10))
    assert len(due) == 1


@given(times)
def test_an_autumn_day_with_an_hour_twice_has_one_round(at):
    due = rounds(Daily(at), since=kyiv((2026, 10, 25)), until=kyiv((2026, 10, 26)), tick=timedelta(minutes=10))
    assert len(due) == 1


@given(instants, times)
def test_the_latest_round_is_past_and_younger_than_the_longest_day(now, at):
    due = Daily(at).latest_due(now)
    assert due <= now < due + timedelta(hours=26)


@given(instants, st.integers(0, 10**6), times)
def test_rounds_never_go_back_in_time(now, seconds, at):
    later = now + timedelta(seconds=seconds)
    assert Daily(at).latest_due(now) <= Daily(at).latest_due(later)


@given(instants, st.sampled_from([1, 5, 15, 60]))
def test_a_job_of_every_few_minutes_is_due_on_the_grid(now, minutes):
    due = Every(minutes=minutes).latest_due(now)
    assert now - timedelta(minutes=minutes) < due <= now
    assert due.timestamp() % (minutes * 60) == 0
