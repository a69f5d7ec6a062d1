"""The act's table of §3.2, row by row and for every role: what is allowed, and that nothing else is."""

import re
from colorsys import rgb_to_hsv
from itertools import product
from pathlib import Path

import pytest

from edem import ui
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.kernel.lifecycle import AUTHOR, CLOCK
from edem.kernel.lifecycle_faults import faults_of
from edem.services.reports.charter import Moderation, ReportCharter
from edem.services.reports.rules.lifecycle import LIFECYCLE, STATES, State, Step, lifecycle_of
from edem.services.reports.rules.standing_in import Circumstances, accepting_as, closing_as

WORKER, CONTROL, MODERATOR = "responsible_worker", "control_body", "moderator"

# «Зміна статусу» — «Хто може виконати?», in the act's order; then what the act says outside its table.
ACT = [
    ("Відкрита (опублікована)", Step.PUBLISH, State.CHECKING, State.OPEN, {AUTHOR, MODERATOR}),
    ("Відкрита – Прийнята", Step.ACCEPT, State.OPEN, State.ACCEPTED, {WORKER, MODERATOR, CONTROL}),
    ("Прийнята – Закрита", Step.CLOSE, State.ACCEPTED, State.CLOSED, {WORKER, CONTROL, MODERATOR}),
    ("Закрита – Архів", Step.ARCHIVE, State.CLOSED, State.ARCHIVED, {CLOCK}),
    ("Архів – Прийнята (повторно)", Step.TAKE_UP_AGAIN, State.ARCHIVED, State.ACCEPTED, {AUTHOR}),
    ("Архів – Відкрита (повторно)", Step.REOPEN, State.ARCHIVED, State.REOPENED, {MODERATOR}),
    ("Відкрита (повторно) – закрита", Step.CLOSE, State.REOPENED, State.CLOSED, {CONTROL, MODERATOR}),
    ("п. 4.7: Закрита – Відкрита (повторно)", Step.REOPEN, State.CLOSED, State.REOPENED, {AUTHOR, MODERATOR}),
    *(
        (f"п. 5.1: вилучення, {state.value}", Step.REJECT, state, State.REJECTED, {MODERATOR})
        for state in State
        if state is not State.REJECTED
    ),
]
EVERYBODY = sorted({role.value for role in Role} | {AUTHOR, CLOCK})


def charter(**values) -> ReportCharter:
    return ReportCharter.model_validate(values)


def allowed(rows):
    return {(step, source, who) for _, step, source, _, by in rows for who in by}


def may(table, step, source, who) -> bool:
    try:
        table.check_may(step, source, {who})
    except (NotAllowed, Conflict):
        return False
    return True


@pytest.mark.parametrize(("row", "step", "source", "target", "by"), ACT, ids=[each[0] for each in ACT])
def test_a_row_of_the_act_is_a_row_of_the_table(row, step, source, target, by):
    assert LIFECYCLE.target(step, source) is target
    assert LIFECYCLE.transition(step, source).by == by


def test_whatever_the_act_does_not_name_is_refused_to_everybody():
    named = allowed(ACT)
    for step, source, who in product(Step, State, EVERYBODY):
        assert may(LIFECYCLE, step, source, who) == ((step, source, who) in named), (step, source, who)


def test_a_reopened_report_is_closed_by_the_worker_only_where_the_charter_admits_them():
    strict, lenient = lifecycle_of(charter()), lifecycle_of(charter(worker_closes_reopened=True))
    assert not may(strict, Step.CLOSE, State.REOPENED, WORKER)
    assert may(lenient, Step.CLOSE, State.REOPENED, WORKER)
    named = allowed(ACT) | {(Step.CLOSE, State.REOPENED, WORKER)}
    for step, source, who in product(Step, State, EVERYBODY):
        assert may(lenient, step, source, who) == ((step, source, who) in named), (step, source, who)


def test_under_premoderation_only_the_moderator_publishes():
    table = lifecycle_of(charter(moderation=Moderation.BEFORE))
    assert [who for who in EVERYBODY if may(table, Step.PUBLISH, State.CHECKING, who)] == [MODERATOR]


def test_the_table_has_no_faults_under_any_charter():
    for moderation, closes in product(Moderation, (True, False)):
        assert faults_of(lifecycle_of(charter(moderation=moderation, worker_closes_reopened=closes))) == []


def test_states_have_the_colours_of_the_act():
    tones = {State.OPEN: "open", State.ACCEPTED: "accepted", State.CLOSED: "closed", State.ARCHIVED: "archive"}
    assert {state: STATES[state].tone for state in tones} == tones
    shapes = [STATES[state].shape for state in (*tones, State.REOPENED)]
    assert len(set(shapes)) == len(shapes), "a state is known without its colour"


HUES = {"open": (340, 380), "accepted": (90, 170), "closed": (195, 260)}
TOKENS = (Path(ui.__file__).parent / "look/10-tokens.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("tone", [*HUES, "archive"])
def test_red_green_blue_and_grey_are_what_readers_see_in_every_theme(tone):
    written = re.findall(rf"--{tone}: #([0-9a-f]{{6}})", TOKENS)
    assert len(written) > 1, "a light theme and a dark one"
    for colour in written:
        hue, saturation, _ = rgb_to_hsv(*(part / 255 for part in bytes.fromhex(colour)))
        if tone == "archive":
            assert saturation < 0.2, colour
        else:
            least, most = HUES[tone]
            assert least <= hue * 360 <= most or least <= hue * 360 + 360 <= most, colour


@pytest.mark.parametrize("step", [Step.REJECT, Step.CLOSE, Step.REOPEN, Step.TAKE_UP_AGAIN])
def test_what_takes_something_from_somebody_says_why(step):
    for source in State:
        if any(each.step == step for each in LIFECYCLE.leaving(source)):
            with pytest.raises(Invalid, match=r"lifecycle\.note_required"):
                LIFECYCLE.check_note(step, source, "  ")


# «Примітки»: in whose place one may act, and when.

NOTHING = Circumstances()
RESENT, ANSWERED = Circumstances(was_resent=True), Circumstances(has_answer=True)
NEIGHBOURS = Circumstances(self_organised=True)


@pytest.mark.parametrize(
    ("actor", "found", "refusal"),
    [
        (WORKER, NOTHING, ""),
        (MODERATOR, NEIGHBOURS, ""),
        (MODERATOR, RESENT, "report.not_self_organised"),
        (CONTROL, RESENT, ""),
        (CONTROL, NOTHING, "report.not_resent_yet"),
        (CONTROL, NEIGHBOURS, "report.not_resent_yet"),
    ],
)
def test_who_accepts_for_an_organisation_and_when(actor, found, refusal):
    said(refusal, lambda: accepting_as({actor}, found), actor)


@pytest.mark.parametrize(
    ("actor", "state", "found", "refusal"),
    [
        (WORKER, State.ACCEPTED, NOTHING, ""),
        (CONTROL, State.ACCEPTED, ANSWERED, ""),
        (CONTROL, State.ACCEPTED, NOTHING, "report.no_answer_yet"),
        (CONTROL, State.ACCEPTED, NEIGHBOURS, "report.no_answer_yet"),
        (MODERATOR, State.ACCEPTED, ANSWERED, ""),
        (MODERATOR, State.ACCEPTED, NEIGHBOURS, ""),
        (MODERATOR, State.ACCEPTED, NOTHING, "report.no_answer_yet"),
        (CONTROL, State.REOPENED, NOTHING, ""),
        (MODERATOR, State.REOPENED, NOTHING, ""),
    ],
)
def test_who_closes_for_an_organisation_and_when(actor, state, found, refusal):
    said(refusal, lambda: closing_as({actor}, state, found), actor)


def test_of_several_roles_the_one_that_may_is_taken():
    assert accepting_as({MODERATOR, WORKER}, NOTHING) == WORKER
    assert accepting_as({MODERATOR, CONTROL}, NEIGHBOURS) == MODERATOR
    assert closing_as({MODERATOR, CONTROL}, State.ACCEPTED, NEIGHBOURS) == MODERATOR


def said(refusal, take, actor):
    if refusal:
        with pytest.raises(Conflict, match=refusal.replace(".", r"\.")):
            take()
    else:
        assert take() == actor
