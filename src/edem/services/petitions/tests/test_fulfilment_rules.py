"""The rules of a plan's stages and of hearings: pure, tried with many dates."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.kernel.deadlines import KYIV, Term, Unit, starts_of_day
from edem.kernel.errors import Conflict, Invalid
from edem.kernel.ukraine import UKRAINE
from edem.services.petitions.rules.fulfilment import (
    CONDITIONS,
    Condition,
    NewStage,
    Standing,
    check_done_on,
    check_due,
    check_may_fulfil,
    check_stage,
    condition_of,
    days_late,
)
from edem.services.petitions.rules.hearings import (
    Appointment,
    check_appointment,
    check_held,
    check_may_answer,
    earliest_start,
)
from edem.services.petitions.rules.hearings import Standing as HearingStanding

days = st.dates(date(2025, 1, 1), date(2030, 1, 1))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
standings = st.sampled_from(list(Standing))
hearing_standings = st.sampled_from(list(HearingStanding))
NOTICE = Term(amount=3, unit=Unit.WORKING_DAYS, starts="appointed")


@given(standings, days, days, moments)
def test_a_stage_is_late_exactly_when_its_days_say_so(standing, last, done_on, now):
    due_at = starts_of_day(last + timedelta(days=1))
    done = done_on if standing is Standing.DONE else None
    condition = condition_of(standing, due_at=due_at, done_on=done, now=now)
    late = days_late(standing, due_at=due_at, done_on=done, now=now)
    assert (late > 0) == (condition in {Condition.LATE, Condition.DONE_LATE})
    assert CONDITIONS[condition].label


@given(days)
def test_a_stage_done_on_its_last_day_is_in_time_and_a_day_after_is_late(last):
    due_at = starts_of_day(last + timedelta(days=1))
    facts = {"due_at": due_at, "now": due_at}
    assert condition_of(Standing.DONE, done_on=last, **facts) is Condition.DONE
    assert condition_of(Standing.DONE, done_on=last + timedelta(days=1), **facts) is Condition.DONE_LATE
    assert days_late(Standing.DONE, done_on=last + timedelta(days=1), **facts) == 1


@given(st.lists(standings))
def test_a_petition_is_fulfilled_only_when_nothing_waits_and_something_was_done(kinds):
    may = Standing.PLANNED not in kinds and (not kinds or Standing.DONE in kinds)
    if may:
        check_may_fulfil(kinds)
    else:
        with pytest.raises(Conflict):
            check_may_fulfil(kinds)


@given(days, moments)
def test_no_stage_is_done_before_the_answer_or_in_the_future(done_on, now):
    answered = now - timedelta(days=30)
    today, since = now.astimezone(KYIV).date(), answered.astimezone(KYIV).date()
    if since <= done_on <= today:
        check_done_on(done_on, answered_at=answered, now=now)
    else:
        with pytest.raises(Invalid):
            check_done_on(done_on, answered_at=answered, now=now)


@given(st.booleans(), st.lists(hearing_standings))
def test_an_answer_waits_for_a_hearing_that_is_asked_for_or_appointed(asked, kinds):
    waits = HearingStanding.APPOINTED in kinds or (asked and not kinds)
    if waits:
        with pytest.raises(Conflict):
            check_may_answer(is_asked=asked, standings=kinds)
    else:
        check_may_answer(is_asked=asked, standings=kinds)


def appointment(**facts):
    usual = {"minutes": 60, "place": "Зала ради", "online": "", "agenda": "Ліхтарі"}
    return Appointment(**(usual | facts))


@given(moments, st.timedeltas(timedelta(0), timedelta(days=40)), st.timedeltas(timedelta(0), timedelta(days=40)))
def test_a_hearing_is_never_before_its_notice_nor_after_the_term(now, ahead, left):
    earliest, due, starts = earliest_start(NOTICE, now, UKRAINE), now + left, now + ahead
    facts = {"earliest": earliest, "answer_due_at": due, "now": now}
    fits = starts >= earliest and (due <= now or starts < due)
    if fits:
        check_appointment(appointment(starts_at=starts), **facts)
    else:
        with pytest.raises((Invalid, Conflict)):
            check_appointment(appointment(starts_at=starts), **facts)


@given(moments)
def test_a_hearing_may_begin_at_its_first_moment_and_never_at_the_one_when_the_answer_is_due(now):
    due = now + timedelta(days=9)
    check_appointment(appointment(starts_at=now), earliest=now, answer_due_at=due, now=now)
    with pytest.raises(Conflict, match="hearing_after_term"):
        check_appointment(appointment(starts_at=due), earliest=now, answer_due_at=due, now=now)
    check_appointment(appointment(starts_at=due), earliest=now, answer_due_at=now, now=now)
    check_held(due, now=due)
    with pytest.raises(Conflict, match="hearing_not_begun"):
        check_held(due, now=due - timedelta(microseconds=1))


@given(moments)
def test_a_stage_s_term_is_ahead(now):
    stage = NewStage(title="Ліхтарі", body="Благоустрій", due_at=now)
    check_stage(stage)
    check_due(now + timedelta(microseconds=1), now)
    with pytest.raises(Invalid, match="due_in_past"):
        check_due(now, now)


@pytest.mark.parametrize(("facts", "code"), [
    ({"place": "", "online": ""}, "hearing_nowhere"),
    ({"online": "http://rada.example/"}, "hearing_address"),
    ({"online": "javascript:alert(1)"}, "hearing_address"),
    ({"agenda": ""}, "hearing_without_agenda"),
    ({"minutes": 0}, "hearing_length"),
    ({"minutes": 5000}, "hearing_length"),
])  # fmt: skip
def test_a_hearing_says_where_and_about_what(facts, code):
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    wanted = appointment(starts_at=now + timedelta(days=9), **facts)
    with pytest.raises(Invalid, match=code):
        check_appointment(wanted, earliest=now, answer_due_at=None, now=now)
