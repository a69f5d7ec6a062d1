"""Periods: whole days in Kyiv, one after another without a gap, compared with their own kind."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.kernel.deadlines import kyiv_day
from edem.kernel.errors import Invalid
from edem.services.reports.rules.periods import (
    FEWER_IS_BETTER,
    LABELS,
    MADE_LATE,
    NEITHER,
    Change,
    Figures,
    Period,
    Span,
    Verdict,
    changes,
    check_may_ask,
    last_ended,
    month_of,
    periods_to_make,
    share,
    week_of,
)

days = st.dates(date(2015, 1, 1), date(2040, 12, 31))
spans = st.sampled_from([Span.WEEK, Span.MONTH])
moments = st.datetimes(datetime(2015, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # bounds


@given(days)
def test_every_day_lies_in_its_own_week_and_month(day):
    for whole in (week_of(day), month_of(day)):
        assert whole.first <= day <= whole.last
    assert week_of(day).days == 7
    assert (week_of(day).first.weekday(), month_of(day).first.day) == (0, 1)
    assert month_of(day).after().first.day == 1


@given(days, st.integers(0, 400))
def test_periods_follow_each_other_without_a_gap(first, more):
    period = Period(first=first, last=first + timedelta(days=more))
    assert period.before().until == period.since
    assert period.after().since == period.until
    if period.span is not Span.MONTH:
        assert period.before().days == period.days == period.after().days
    else:
        assert period.before().span is period.after().span is Span.MONTH


@given(spans, moments)
def test_the_last_ended_period_has_ended_and_the_next_has_not(span, now):
    period = last_ended(span, now)
    assert period.span is span or period.days in {7, 28}
    assert period.has_ended(now)
    assert not period.after().has_ended(now)


def test_a_week_ends_with_kyivs_midnight_not_with_greenwichs():
    """At 22:30 UTC on Sunday in winter it is Monday in Kyiv."""
    assert last_ended(Span.WEEK, datetime(2026, 11, 22, 22, 30, tzinfo=UTC)).last == date(2026, 11, 22)
    assert last_ended(Span.WEEK, datetime(2026, 11, 22, 21, 30, tzinfo=UTC)).last == date(2026, 11, 15)


def test_the_week_in_which_clocks_change_is_an_hour_longer():
    autumn = week_of(date(2026, 10, 25))
    assert (autumn.until.astimezone(UTC) - autumn.since.astimezone(UTC)) == timedelta(days=7, hours=1)


@given(spans, days, moments)
def test_what_was_missed_is_made_later_each_once_and_in_order(span, begun, now):
    made = list(periods_to_make(span, begun=begun, now=now))
    assert len(made) <= MADE_LATE
    assert all(one.until == other.since for one, other in pairwise(made))
    assert all(each.last >= begun and each.has_ended(now) for each in made)
    if made:
        assert made[-1] == last_ended(span, now)
    if begun > kyiv_day(now):
        assert not made


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [("2026-12-01", "2026-12-02", "report.period_to_come"), ("2001-01-01", "2026-01-01", "report.period_too_long")],
)
def test_a_period_that_cannot_be_counted_is_refused(first, last, code):
    period = Period(first=date.fromisoformat(first), last=date.fromisoformat(last))
    with pytest.raises(Invalid) as refused:
        check_may_ask(period, datetime(2026, 11, 22, tzinfo=UTC))
    assert refused.value.code == code


def test_every_figure_has_its_words_and_its_direction():
    names = list(Figures.nothing().as_row())
    assert list(LABELS) == names
    assert set(names) >= FEWER_IS_BETTER | NEITHER


@given(st.sampled_from(sorted(LABELS)), st.integers(0, 99), st.integers(0, 99))
def test_a_change_and_the_same_change_backwards_are_judged_opposite(name, now, before):
    one, other = Change(name=name, now=now, before=before), Change(name=name, now=before, before=now)
    opposite = {Verdict.BETTER: Verdict.WORSE, Verdict.WORSE: Verdict.BETTER}
    assert other.verdict == opposite.get(one.verdict, one.verdict)


def test_fewer_overdue_is_better_and_no_median_is_no_verdict():
    now = replace(Figures.nothing(), received=5, accepted_in_time=4, overdue=1, days_to_accept=0.5)
    before = replace(now, accepted_in_time=2, overdue=4, days_to_accept=1, days_to_close=3)
    told = {each.name: each.verdict for each in changes(now, before)}
    assert told["overdue"] is told["accepted_in_time"] is told["days_to_accept"] is Verdict.BETTER
    assert told["days_to_close"] is told["received"] is Verdict.UNKNOWN


def test_a_share_of_nothing_is_not_a_hundred_per_cent():
    assert (share(0, 0), share(1, 3), share(3, 3)) == (None, 33, 100)
