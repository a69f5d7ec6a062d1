"""The words of a verdict: every check, result and outcome has some, and each is filled by the facts that come with it."""

from datetime import UTC, datetime
from string import Formatter

import pytest

from edem.foundation.identity.signatures import sentences
from edem.foundation.identity.signatures.report import report_of
from edem.kernel.kep.tests.signing_room import NOW, TEXT, checked, revoked_at, signed
from edem.kernel.kep.verdict import Check, CheckName, Outcome, Result, TimeEvidence

FACTS = {"file", "revoked_at", "holder", "authority", "made_at"}


@pytest.mark.parametrize("name", CheckName)
@pytest.mark.parametrize("result", [Result.FAILED, Result.NOT_MADE])
def test_whatever_is_wrong_is_said(name, result):
    words, _ = sentences.why_words(Check(name=name, result=result, why="something_new"))
    assert words
    assert sentences.CHECK_NAMES[name]


def test_what_is_well_needs_no_words():
    assert sentences.why_words(Check(name=CheckName.CONTENT, result=Result.PASSED)) == ("", {})


def test_every_outcome_and_time_has_words():
    assert set(sentences.HEADLINES) == set(sentences.LEADS) == set(Outcome)
    assert set(sentences.TIMES) == set(TimeEvidence)
    assert set(sentences.RESULTS) == set(Result)


def test_a_sentence_names_only_facts_that_come_with_a_check():
    named = {field for words in sentences._WHY.values() for _, field, _, _ in Formatter().parse(words) if field}
    assert named <= FACTS


def test_a_moment_is_told_in_kyiv_time():
    """An hour before midnight in Greenwich it is the next day in Kyiv."""
    verdict = checked(signed(TEXT), evidence=revoked_at(datetime(2025, 2, 27, 23, tzinfo=UTC), said_at=NOW))
    (signer,) = report_of(verdict, say=str).signers
    assert [check.why for check in signer.concerns] == ["Сертифікат відкликали 28.02.2025."]


@pytest.mark.parametrize("code", ["der.cut_short", "zip.bad_name", "asic.no_files", "cms.content_needed", "new.code"])
def test_what_cannot_be_read_is_said(code):
    assert sentences.unreadable_words(code).endswith((".", ")"))
