"""Clocks and alarms of reports: for any moment of any year, by the working calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.kernel.deadlines import kyiv_day, last_day_before
from edem.kernel.ukraine import UKRAINE
from edem.services.reports.charter import ReportCharter
from edem.services.reports.rules.alarms import alarms_between, alarms_of, next_alarm, running_clocks
from edem.services.reports.rules.lifecycle import State, Step
from edem.services.reports.rules.terms import STARTED_BY, ClockName, clock, clocks_started_by, reopens_until

CHARTER = ReportCharter.model_validate({})
FRIDAY = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
names = st.sampled_from(list(ClockName))


def started(step, at=FRIDAY):
    return clocks_started_by(step, charter=CHARTER, started_at=at, calendar=UKRAINE)


def alarms_at(moment):
    running = {name: each.due_at for name, each in started(Step.PUBLISH, moment).items()}
    return alarms_of(running, charter=CHARTER, calendar=UKRAINE)


def test_what_is_published_on_friday_is_accepted_by_wednesday():
    accept = started(Step.PUBLISH)[ClockName.ACCEPT]
    assert last_day_before(accept.due_at) == date(2026, 3, 11)


def test_thirty_and_twenty_are_days_of_the_calendar():
    assert last_day_before(started(Step.PUBLISH)[ClockName.EXPLAIN].due_at) == date(2026, 4, 6), "5 April is a Sunday"
    assert last_day_before(started(Step.CLOSE)[ClockName.ARCHIVE].due_at) == date(2026, 3, 26)
    assert last_day_before(reopens_until(CHARTER, FRIDAY, UKRAINE)) == date(2026, 3, 26)


def test_the_head_is_told_within_a_working_day():
    inform = clock(ClockName.INFORM, charter=CHARTER, started_at=FRIDAY, calendar=UKRAINE)
    assert last_day_before(inform.due_at) == date(2026, 3, 9)


@given(moments, st.sampled_from(sorted(STARTED_BY)))
def test_every_clock_ends_after_it_starts_and_warns_before_its_end(moment, step):
    for each in started(step, moment).values():
        assert moment < each.due_at
        assert moment <= each.warn_at <= each.due_at


@given(moments, moments, names)
def test_a_later_start_never_ends_earlier(one, other, name):
    earlier, later = sorted((one, other))
    ends = [clock(name, charter=CHARTER, started_at=at, calendar=UKRAINE).due_at for at in (earlier, later)]
    assert ends[0] <= ends[1]


@given(moments)
def test_a_day_begins_and_ends_in_kyiv(moment):
    ends = {each.due_at for each in started(Step.PUBLISH, moment).values()}
    assert all(kyiv_day(end) == last_day_before(end) + timedelta(days=1) for end in ends)


@given(moments, st.lists(st.timedeltas(timedelta(0), timedelta(days=60)), min_size=1, max_size=30))
def test_however_the_sweeps_fall_every_end_rings_once(moment, pauses):
    """The sweep may come each minute or once a month; no term ends unheard and none is heard twice."""
    alarms = alarms_at(moment)
    now, rung = moment, []
    ringing_at = next_alarm(alarms, after=now)
    for pause in [*pauses, timedelta(days=100)]:
        now += pause
        if ringing_at is None or now < ringing_at:
            continue
        rung += alarms_between(alarms, ringing_at, now)
        ringing_at = next_alarm(alarms, after=now)
    assert sorted(each.clock for each in rung if each.is_end) == [ClockName.ACCEPT, ClockName.EXPLAIN]
    assert len(rung) == len(set(rung))


@pytest.mark.parametrize(
    ("state", "is_explained", "running"),
    [
        (State.OPEN, False, {ClockName.ACCEPT, ClockName.EXPLAIN}),
        (State.OPEN, True, {ClockName.ACCEPT}),
        (State.ACCEPTED, False, {ClockName.EXPLAIN}),
        (State.ACCEPTED, True, set()),
        (State.REOPENED, False, {ClockName.EXPLAIN}),
        (State.CLOSED, False, set()),
        (State.ARCHIVED, False, set()),
        (State.REJECTED, False, set()),
    ],
)
def test_which_terms_still_wait_for_somebody(state, is_explained, running):
    found = running_clocks(state, accept_due_at=FRIDAY, explain_due_at=FRIDAY, is_explained=is_explained)
    assert set(found) == running
