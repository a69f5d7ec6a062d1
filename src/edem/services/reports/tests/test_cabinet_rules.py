"""What the cabinet offers whom, and when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.people.roles import Role
from edem.services.reports.rules.cabinet import (
    ACT_LABELS,
    ALWAYS,
    OF_ROLE,
    PURPOSE_LABELS,
    PURPOSE_OF,
    Act,
    Purpose,
    Standing,
    acts_for,
    folded,
    next_act,
)
from edem.services.reports.rules.lifecycle import AT_WORK, State
from edem.services.reports.rules.terms import ClockName
from edem.services.reports.web.organisation_acts import FORMS, TAKE

standings = st.builds(
    Standing,
    state=st.sampled_from(State),
    is_main=st.booleans(),
    is_informed=st.booleans(),
    is_accepted=st.booleans(),
    worker_closes_reopened=st.booleans(),
)
roles = st.sets(st.sampled_from(sorted(Role)))


def standing(state=State.OPEN, **facts):
    usual = {"is_main": True, "is_informed": False, "is_accepted": False, "worker_closes_reopened": False}
    return Standing(state=state, **(usual | facts))


def test_the_worker_sees_first_what_waits_first():
    assert acts_for({"responsible_worker"}, standing())[0] is Act.ACCEPT
    accepted = standing(State.ACCEPTED, is_accepted=True, is_informed=True)
    assert acts_for({"responsible_worker"}, accepted)[0] is Act.CLOSE


@pytest.mark.parametrize(("role", "state", "offered"), [
    ("head_of_organisation", State.OPEN, {Act.INFORM, Act.APPOINT, Act.LINK, Act.ASK, Act.ANSWER, Act.NOTE}),
    ("executor", State.ACCEPTED, {Act.DONE, Act.PHOTOS, Act.ASK, Act.ANSWER, Act.EXPLAIN, Act.NOTE}),
    ("executor", State.CLOSED, {Act.ASK, Act.ANSWER, Act.NOTE}),
    ("moderator", State.OPEN, set()),
    ("resident", State.ACCEPTED, set()),
])  # fmt: skip
def test_each_role_has_its_own(role, state, offered):
    assert set(acts_for({role}, standing(state))) == offered


def test_a_reopened_report_is_closed_by_the_worker_only_where_the_charter_says_so():
    closed_by = {
        allowed: Act.CLOSE in acts_for({"responsible_worker"}, standing(State.REOPENED, worker_closes_reopened=allowed))
        for allowed in (False, True)
    }
    assert closed_by == {False: False, True: True}


def test_whoever_only_helps_does_not_close():
    assert Act.CLOSE not in acts_for({"responsible_worker"}, standing(State.ACCEPTED, is_main=False))


@given(roles, standings)
def test_nothing_is_offered_beyond_the_roles_or_after_the_work_but_words(held, where):
    offered = set(acts_for(held, where))
    allowed = set().union(*(OF_ROLE.get(role, frozenset()) for role in held))
    assert offered <= allowed
    if where.state not in AT_WORK:
        assert offered <= ALWAYS


def test_every_act_has_its_words_its_form_and_what_it_does():
    assert set(ACT_LABELS) == set(FORMS) == set(PURPOSE_OF) == set(Act)
    assert set(PURPOSE_LABELS) == set(Purpose)
    assert set(TAKE) == set(Act) - {Act.LINK}, "the link's page shows what it made"


@pytest.mark.parametrize(("role", "clock", "facts", "waits"), [
    ("responsible_worker", ClockName.INFORM, {}, Act.INFORM),
    ("responsible_worker", ClockName.ACCEPT, {"is_informed": True}, Act.ACCEPT),
    ("responsible_worker", ClockName.EXPLAIN, {"state": State.ACCEPTED, "is_informed": True}, Act.ACCEPT),
    ("responsible_worker", ClockName.EXPLAIN, {"state": State.ACCEPTED, "is_accepted": True}, Act.CLOSE),
    ("responsible_worker", ClockName.EXPLAIN, {"state": State.REOPENED, "is_accepted": True}, Act.DONE),
    ("head_of_organisation", ClockName.INFORM, {}, Act.INFORM),
    ("head_of_organisation", ClockName.ACCEPT, {"is_informed": True}, Act.APPOINT),
    ("executor", ClockName.EXPLAIN, {"state": State.ACCEPTED, "is_accepted": True}, Act.DONE),
    ("responsible_worker", None, {"state": State.CLOSED}, None),
])  # fmt: skip
def test_one_act_waits_and_it_is_what_the_nearest_term_asks_for(role, clock, facts, waits):
    assert next_act(acts_for({role}, standing(**facts)), clock=clock) is waits


def test_nobody_is_asked_for_what_is_done_already():
    head = acts_for({"head_of_organisation"}, standing(is_informed=True))
    assert next_act(head, clock=ClockName.ACCEPT, is_appointed=True) is None
    executor = acts_for({"executor"}, standing(State.ACCEPTED, is_accepted=True))
    assert next_act(executor, clock=None, is_reported=True) is None


@given(roles, standings, st.none() | st.sampled_from(ClockName), st.booleans(), st.booleans())
def test_every_act_stands_once_first_or_folded(held, where, clock, is_appointed, is_reported):
    acts = acts_for(held, where)
    first = next_act(acts, clock=clock, is_appointed=is_appointed, is_reported=is_reported)
    rest = [act for _, of_purpose in folded(acts, next_one=first) for act in of_purpose]
    assert sorted([*rest, *([first] if first else [])]) == sorted(acts)
    assert all(of_purpose for _, of_purpose in folded(acts, next_one=first))
