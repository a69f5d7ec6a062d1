"""Answers to the extra questions of a category: whatever comes, only what was asked for is kept, in a form that keeps."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edem.kernel.errors import Invalid
from edem.services.reports.rules.answers import check_answers

KINDS = ("text", "number", "date", "choice", "choices")
anything = st.one_of(
    st.none(), st.text(), st.floats(), st.integers(), st.booleans(), st.lists(st.text(), max_size=3), st.just("мала")
)


def question(kind, *, required=False):
    return {"code": kind, "label": "Яке?", "kind": kind, "required": required, "options": ["мала", "велика"]}


@example({"text": "\x00 \ud800"})
@given(st.dictionaries(st.sampled_from([*KINDS, "else"]), anything))
def test_whatever_is_answered_is_refused_or_can_be_kept(answers):
    try:
        kept = check_answers([question(kind) for kind in KINDS], answers)
    except Invalid:
        return
    assert set(kept) <= set(KINDS)
    stored = json.dumps(kept, allow_nan=False)
    assert "\\u0000" not in stored
    assert check_answers([question(kind) for kind in KINDS], kept) == kept


@given(st.sampled_from(KINDS), st.sampled_from([None, "", [], ()]))
def test_a_required_question_is_never_left_empty(kind, nothing):
    with pytest.raises(Invalid, match="answer_needed"):
        check_answers([question(kind, required=True)], {kind: nothing})
