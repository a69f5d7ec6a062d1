"""A lifecycle decides who may do what, and finds the faults of its own table."""

from dataclasses import replace
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.kernel.lifecycle import AUTHOR, CLOCK, Lifecycle, Note, StateLook, Transition
from edem.kernel.lifecycle_diagram import diagram_of
from edem.kernel.lifecycle_faults import faults_of


class State(StrEnum):
    DRAFT = "draft"
    CHECKED = "checked"
    REFUSED = "refused"
    OPEN = "open"
    SHORT = "short"
    ANSWERED = "answered"


class Step(StrEnum):
    SUBMIT = "submit"
    RETURN = "return"
    REFUSE = "refuse"
    PUBLISH = "publish"
    END = "end"
    ANSWER = "answer"


def look(label, *, final=False):
    return StateLook(label=label, tone="neutral", shape="○", final=final)


def row(step, sources, target, by, *, note=Note.NONE):
    return Transition(
        step=step,
        sources=frozenset(sources),
        target=target,
        by=frozenset(by),
        label=f"Зробити {step}",
        clause="ст. 1",
        note=note,
    )


STATES = {
    State.DRAFT: look("Чернетка"),
    State.CHECKED: look("На модерації"),
    State.REFUSED: look("Відхилена", final=True),
    State.OPEN: look("Збір підписів"),
    State.SHORT: look("Не набрала"),
    State.ANSWERED: look("З відповіддю", final=True),
}
ROWS = (
    row(Step.SUBMIT, {State.DRAFT}, State.CHECKED, {AUTHOR}),
    row(Step.PUBLISH, {State.CHECKED}, State.OPEN, {"moderator"}),
    row(Step.RETURN, {State.CHECKED}, State.DRAFT, {"moderator"}, note=Note.REQUIRED),
    row(Step.REFUSE, {State.CHECKED}, State.REFUSED, {"moderator"}, note=Note.REQUIRED),
    row(Step.ANSWER, {State.OPEN, State.SHORT}, State.ANSWERED, {"mayor"}, note=Note.OPTIONAL),
    row(Step.END, {State.OPEN}, State.SHORT, {CLOCK}),
)
PETITION = Lifecycle(STATES, ROWS, State.DRAFT)


def test_a_sound_table_has_no_faults():
    assert faults_of(PETITION) == []


def test_the_buttons_of_the_moderator_stand_in_the_order_of_the_table():
    steps = PETITION.steps_from(State.CHECKED, {"moderator", "resident"})
    assert [each.step for each in steps] == [Step.PUBLISH, Step.RETURN, Step.REFUSE]


def test_nobody_else_has_these_buttons():
    assert PETITION.steps_from(State.CHECKED, {AUTHOR, "mayor"}) == ()


def test_whoever_may_never_make_a_step_is_not_allowed():
    with pytest.raises(NotAllowed, match=r"lifecycle\.not_allowed"):
        PETITION.check_may(Step.PUBLISH, State.DRAFT, {AUTHOR})


def test_whoever_may_make_a_step_elsewhere_hears_not_now():
    with pytest.raises(Conflict, match=r"lifecycle\.not_now"):
        PETITION.check_may(Step.PUBLISH, State.DRAFT, {"moderator"})


def test_one_step_may_have_different_people_in_different_states():
    rows = (
        row(Step.END, {State.DRAFT}, State.REFUSED, {AUTHOR}),
        row(Step.END, {State.OPEN}, State.ANSWERED, {"mayor"}),
    )
    lifecycle = Lifecycle(STATES, rows, State.DRAFT)
    lifecycle.check_may(Step.END, State.DRAFT, {AUTHOR})
    with pytest.raises(NotAllowed):
        lifecycle.check_may(Step.END, State.OPEN, {AUTHOR})


@given(st.sampled_from(Step), st.sampled_from(State), st.sets(st.sampled_from([AUTHOR, CLOCK, "moderator", "mayor"])))
def test_a_button_is_shown_exactly_when_the_step_is_allowed(step, state, actors):
    shown = step in {each.step for each in PETITION.steps_from(state, actors)}
    try:
        PETITION.check_may(step, state, actors)
    except (NotAllowed, Conflict):
        assert not shown
    else:
        assert shown
        assert PETITION.target(step, state) in STATES


def test_a_step_that_needs_a_reason_is_refused_without_it():
    with pytest.raises(Invalid, match=r"lifecycle\.note_required"):
        PETITION.check_note(Step.REFUSE, State.CHECKED, " \n")
    PETITION.check_note(Step.REFUSE, State.CHECKED, "Поза повноваженнями ради.")
    PETITION.check_note(Step.PUBLISH, State.CHECKED, "")


def test_the_happy_road_follows_the_first_declared_steps():
    assert PETITION.happy_road() == (State.DRAFT, State.CHECKED, State.OPEN, State.ANSWERED)


def test_the_road_may_be_told_outright():
    told = (State.DRAFT, State.CHECKED, State.OPEN, State.SHORT, State.ANSWERED)
    assert Lifecycle(STATES, ROWS, State.DRAFT, road=told).happy_road() == told


def test_what_left_the_happy_road_still_shows_its_own():
    assert PETITION.road_from(State.CHECKED) == (State.CHECKED, State.OPEN, State.ANSWERED)
    assert PETITION.road_from(State.SHORT) == (State.SHORT, State.ANSWERED)
    assert PETITION.road_from(State.REFUSED) == (State.REFUSED,)


def faults_with(*, rows=ROWS, states=STATES, start=State.DRAFT, road=()):
    return faults_of(Lifecycle(states, rows, start, road=road))


def without(step):
    return tuple(each for each in ROWS if each.step is not step)


def changed(step, **changes):
    return tuple(replace(each, **changes) if each.step is step else each for each in ROWS)


FAULTY_TABLES = [
    ("state refused cannot be reached from draft", {"rows": without(Step.REFUSE)}),
    ("step refuse is in no transition", {"rows": without(Step.REFUSE)}),
    (
        "state open has no way out and is not final",
        {"rows": changed(Step.ANSWER, sources=frozenset({State.SHORT}))[:-1]},
    ),
    (
        "state answered is final, yet end leads out of it",
        {"rows": changed(Step.END, sources=frozenset({State.ANSWERED}))},
    ),
    (
        "state open never comes to a final state",
        {"rows": (*without(Step.ANSWER)[:-1], row(Step.END, {State.OPEN}, State.OPEN, {"mayor"}))},
    ),
    ("step publish has no audience", {"rows": changed(Step.PUBLISH, by=frozenset())}),
    ("step publish starts nowhere", {"rows": changed(Step.PUBLISH, sources=frozenset())}),
    ("step publish has no label", {"rows": changed(Step.PUBLISH, label=" ")}),
    ("step publish names no clause", {"rows": changed(Step.PUBLISH, clause="")}),
    (
        "step publish leads from checked to two places",
        {"rows": (*ROWS, row(Step.PUBLISH, {State.CHECKED}, State.SHORT, {CLOCK}))},
    ),
    (
        "the clock alone can lead from open back to open",
        {"rows": (*ROWS, row(Step.RETURN, {State.SHORT}, State.OPEN, {CLOCK}))},
    ),
    (
        "state short has no look",
        {"states": {state: each for state, each in STATES.items() if state is not State.SHORT}},
    ),
    ("the happy road jumps from draft to open", {"road": (State.DRAFT, State.OPEN, State.ANSWERED)}),
    ("the happy road starts at checked, not at draft", {"road": (State.CHECKED, State.OPEN, State.ANSWERED)}),
    ("the happy road ends at open, which is not final", {"road": (State.DRAFT, State.CHECKED, State.OPEN)}),
]


@pytest.mark.parametrize(("fault", "table"), FAULTY_TABLES, ids=[fault for fault, _ in FAULTY_TABLES])
def test_a_fault_of_the_table_is_found(fault, table):
    assert fault in faults_with(**table)


@given(st.sampled_from(range(len(ROWS))))
def test_no_row_of_a_sound_table_can_be_left_out_unnoticed(place):
    assert faults_with(rows=ROWS[:place] + ROWS[place + 1 :]) != []


def test_the_diagram_names_states_steps_and_people():
    drawn = diagram_of(PETITION)
    assert drawn.startswith("stateDiagram-v2\n")
    assert '    state "○ Збір підписів" as s_open\n' in drawn
    assert "    [*] --> s_draft\n" in drawn
    assert "    s_checked --> s_open: Зробити publish (moderator)\n" in drawn
    assert "    s_answered --> [*]\n" in drawn


def test_the_diagram_survives_the_signs_that_mermaid_reads_as_its_own():
    states = {**STATES, State.OPEN: look('Збір: "триває"; #1\nтак')}
    drawn = diagram_of(Lifecycle(states, ROWS, State.DRAFT))
    assert 'state "○ Збір – ʺтриваєʺ, №1 так" as s_open' in drawn
