"""The rules of petitions against the words of the act: Art. 23-1 of 393/96-ВР and the charter. No database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edem.foundation.people.roles import Role
from edem.kernel.deadlines import KYIV, kyiv_day
from edem.kernel.errors import Conflict, Invalid, NotAllowed, Refused
from edem.kernel.lifecycle import CLOCK
from edem.kernel.lifecycle_faults import faults_of
from edem.kernel.ukraine import UKRAINE
from edem.services.petitions.charter import PetitionCharter, Withdrawal
from edem.services.petitions.rules.attaching import check_may_change_files
from edem.services.petitions.rules.authorship import check_may_submit, check_may_withdraw
from edem.services.petitions.rules.collecting import (
    Progress,
    Signer,
    brings_the_last,
    check_may_sign,
    check_signer,
    is_signable,
    milestones_passed,
    state_at,
)
from edem.services.petitions.rules.exports import ExportKind, may_ask
from edem.services.petitions.rules.grounds import GROUNDS, Ground
from edem.services.petitions.rules.lifecycle import LIFECYCLE, RESPONSIBLE, SIGNABLE, STATES, Decision, State, Step
from edem.services.petitions.rules.shortfall import ways_on
from edem.services.petitions.rules.terms import clock_started_by
from edem.services.petitions.rules.text import DEMAND_MAX, ESSENCE_MIN, Text, check_complete, tidy

moments = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC))
counts = st.integers(0, 5_000)
charters = st.builds(PetitionCharter, threshold=st.integers(1, 5_000))
progress_values = st.builds(
    Progress,
    state=st.sampled_from(State),
    signatures=counts,
    required=st.integers(1, 5_000),
    closes_at=moments,
    reached_at=st.none() | moments,
)


def test_the_table_has_no_faults():
    assert faults_of(LIFECYCLE) == []


@given(progress_values, moments)
def test_a_petition_that_reached_its_threshold_stays_reached(progress, now):
    if progress.state is State.REACHED:
        assert state_at(progress, now) is State.REACHED


@given(progress_values, moments)
def test_a_collection_whose_term_ran_out_has_fallen_short_whatever_the_jobs_did(progress, now):
    shown = state_at(progress, now)
    if progress.state is State.COLLECTING:
        assert shown is (State.FELL_SHORT if now >= progress.closes_at else State.COLLECTING)
    else:
        assert shown is progress.state


@given(progress_values, moments)
def test_one_may_sign_exactly_while_it_is_signable(progress, at):
    try:
        check_may_sign(progress, at)
    except Conflict:
        assert not is_signable(progress, at)
    else:
        assert is_signable(progress, at)
        assert progress.state in SIGNABLE


@given(progress_values)
def test_the_last_second_of_the_term_counts_and_the_stroke_does_not(progress):
    signable = progress.state in SIGNABLE
    assert is_signable(progress, progress.closes_at - timedelta(microseconds=1)) == signable
    assert not is_signable(progress, progress.closes_at)


@example(batches=[1, 1, 1, 1, 1], required=4)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=40), st.integers(1, 2_000))
def test_however_the_batches_fall_exactly_one_brings_the_last_signature(batches, required):
    steps, count = [], 0
    for size in batches:
        steps.append((count, count + size))
        count += size
    announced = sum(brings_the_last(before=before, after=after, required=required) for before, after in steps)
    assert announced == (1 if count >= required else 0)


@example(batches=[1, 1, 1, 1, 1], required=4)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=40), st.integers(1, 2_000))
def test_each_quarter_is_told_once_and_in_order(batches, required):
    told, count = [], 0
    for size in batches:
        told += milestones_passed(before=count, after=count + size, required=required)
        count += size
    assert told == [part for part in (25, 50, 75) if part * required <= count * 100]


@given(
    st.builds(Signer, is_member=st.booleans(), age=st.none() | st.integers(0, 120), assurance=st.sampled_from(["bank_id", "dig_sign", ""])),
    st.integers(0, 30),
    st.sampled_from([(), ("dig_sign",)]),
)  # fmt: skip
def test_only_members_of_the_age_and_way_that_the_charter_sets_sign(signer, age, ways):
    charter = PetitionCharter(minimum_age=age, counted_assurance=ways)
    may = (
        signer.is_member
        and signer.assurance != ""
        and (not ways or signer.assurance in ways)
        and (age == 0 or (signer.age is not None and signer.age >= age))
    )
    if may:
        check_signer(signer, charter)
    else:
        with pytest.raises(NotAllowed):
            check_signer(signer, charter)


def ends(step: Step, state: State, started_at: datetime) -> date:
    clock = clock_started_by(step, state, charter=PetitionCharter(), started_at=started_at, calendar=UKRAINE)
    assert clock is not None
    return kyiv_day(clock.due_at - timedelta(seconds=1))


@pytest.mark.parametrize("state", State)
def test_a_shortfall_is_decided_about_before_the_answer_and_a_running_term_is_the_author_s(state):
    ends = datetime(2026, 3, 2, tzinfo=UTC)
    short = Progress(state=state, signatures=249, required=250, closes_at=ends, reached_at=ends)
    unanswered = state in {State.REACHED, State.HANDED_OVER, State.CONSIDERATION}
    for now, way in ((ends - timedelta(microseconds=1), Step.COLLECT_ON), (ends, Step.COUNT_SHORT)):
        expected = {Step.CONTINUE, way} if unanswered else set()
        assert ways_on(short, shortfall_at=ends, now=now) == expected
    assert not ways_on(replace(short, signatures=250), shortfall_at=ends, now=ends)
    assert not ways_on(short, shortfall_at=None, now=ends)


def test_ninety_calendar_days_are_counted_from_the_day_after_publication():
    assert ends(Step.PUBLISH, State.MODERATION, datetime(2026, 3, 2, 10, tzinfo=KYIV)) == date(2026, 5, 31)


def test_it_is_handed_over_no_later_than_the_next_day_even_on_a_sunday():
    saturday = datetime(2026, 3, 7, 23, 30, tzinfo=KYIV)
    assert ends(Step.REACH, State.COLLECTING, saturday) == date(2026, 3, 8)


def test_working_days_skip_weekends_and_under_martial_law_nothing_else():
    friday_before_8_march = datetime(2026, 3, 6, 10, tzinfo=KYIV)
    assert ends(Step.SUBMIT, State.DRAFT, friday_before_8_march) == date(2026, 3, 10)
    assert ends(Step.ANNOUNCE, State.HANDED_OVER, friday_before_8_march) == date(2026, 3, 20)


def test_an_appeal_is_answered_within_a_month_moved_off_a_day_off():
    assert ends(Step.TAKE_AS_APPEAL, State.FELL_SHORT, datetime(2026, 1, 31, tzinfo=KYIV)) == date(2026, 3, 2)


@given(st.sampled_from([(each.step, state) for each in LIFECYCLE.transitions for state in each.sources]), moments)
def test_every_clock_ends_after_it_starts_and_warns_before_it_ends(step_state, started_at):
    step, state = step_state
    clock = clock_started_by(step, state, charter=PetitionCharter(), started_at=started_at, calendar=UKRAINE)
    if clock is not None:
        assert started_at <= clock.warn_at < clock.due_at


@given(charters, st.integers(0, 10), st.none() | moments, moments)
def test_an_author_with_room_under_the_charter_may_always_submit(charter, open_now, last_at, now):
    if open_now < charter.open_per_author:
        check_may_submit(charter, open_now=open_now, last_at=last_at, now=now)
    else:
        with pytest.raises(Conflict):
            check_may_submit(charter, open_now=open_now, last_at=last_at, now=now)


@given(st.integers(1, 365), moments)
def test_between_an_author_s_petitions_the_charter_s_pause_is_over_at_its_very_moment(pause, last_at):
    charter = PetitionCharter(pause_days=pause)
    over = last_at + timedelta(days=pause)
    check_may_submit(charter, open_now=0, last_at=last_at, now=over)
    check_may_submit(charter, open_now=0, last_at=None, now=last_at)
    with pytest.raises(Conflict, match="pause"):
        check_may_submit(charter, open_now=0, last_at=last_at, now=over - timedelta(microseconds=1))


@given(
    st.sampled_from(Withdrawal),
    st.sampled_from([State.DRAFT, State.MODERATION, State.RETURNED, State.COLLECTING]),
    counts,
)
def test_what_somebody_signed_is_no_longer_the_authors_alone(withdrawal, state, signatures):
    charter = PetitionCharter(withdrawal=withdrawal)
    try:
        check_may_withdraw(charter, state=state, signatures=signatures)
    except Conflict:
        assert state is State.COLLECTING
        assert signatures or withdrawal is Withdrawal.BEFORE_PUBLICATION
    else:
        assert state is not State.COLLECTING or signatures == 0


@given(st.text(max_size=200), st.text(max_size=300), st.text(max_size=200))
def test_tidying_twice_is_tidying_once_and_lets_no_control_sign_through(title, essence, demand):
    once = tidy(Text(title=title, essence=essence, demand=demand))
    assert tidy(once) == once
    assert not any(sign in once.title + once.essence + once.demand for sign in "\x00\x07\u202e\u2066")
    assert "\n" not in once.title


@given(st.text(max_size=200), st.text(max_size=300), st.text(max_size=200))
def test_a_text_is_complete_or_refused_with_what_to_mend(title, essence, demand):
    text = tidy(Text(title=title, essence=essence, demand=demand))
    try:
        check_complete(text)
    except Invalid:
        return
    assert text.title
    assert len(text.essence) >= ESSENCE_MIN
    assert text.demand


def test_a_demand_may_fill_its_field_and_no_more():
    text = Text(title="Ліхтарі біля школи", essence="е" * ESSENCE_MIN, demand="в" * DEMAND_MAX)
    check_complete(text)
    with pytest.raises(Invalid, match="demand_length"):
        check_complete(replace(text, demand=text.demand + "в"))


@pytest.mark.parametrize("state", State)
def test_files_stand_still_once_the_moderator_reads_them(state):
    if state in {State.DRAFT, State.RETURNED}:
        check_may_change_files(state)
    else:
        with pytest.raises(Conflict):
            check_may_change_files(state)


@pytest.mark.parametrize("role", Role)
def test_who_asks_for_an_export_at_the_desk(role):
    may = {kind for kind in ExportKind if may_ask(kind, {role.value}, at_desk=True)}
    assert may == (set(ExportKind) if role in {Role.OFFICER, Role.MAYOR, Role.MODERATOR} else set())
    assert not any(may_ask(kind, {role.value}, at_desk=False) for kind in ExportKind)


def test_every_state_ground_and_decision_has_its_words():
    assert set(STATES) == set(State)
    assert set(GROUNDS) == set(Ground)
    assert len({look.label for look in STATES.values()}) == len(STATES)
    assert len(Decision) == 4


def test_a_clock_that_people_must_meet_has_somebody_responsible():
    for each in LIFECYCLE.transitions:
        if each.starts is not None and each.target is not State.COLLECTING:
            assert RESPONSIBLE[each.target], each.target


@given(
    st.sampled_from(Step),
    st.sampled_from(State),
    st.sets(st.sampled_from(["author", "moderator", "officer", "mayor", "resident"])),
)
def test_nobody_takes_a_step_that_the_table_does_not_give_them(step, state, actors):
    try:
        LIFECYCLE.check_may(step, state, actors)
    except Refused:
        return
    row = LIFECYCLE.transition(step, state)
    assert row.by & actors
    assert CLOCK not in row.by
