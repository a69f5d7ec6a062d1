"""Who may act: the pure rule, and its explanation in words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.communities.models import Community
from edem.foundation.identity.evidence import ADDRESS_EVIDENCE, check_evidence
from edem.foundation.identity.explaining import explanation_of
from edem.foundation.identity.rules import NOBODY, Eligibility, Reason, Standing, eligibility
from edem.kernel.errors import Invalid

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
MEMBER = Standing(is_member=True, since=NOW - timedelta(days=10), basis="registered_address", age=18, assurance="high")

standings = st.builds(
    Standing,
    is_member=st.booleans(),
    since=st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    age=st.none() | st.integers(0, 110),
    assurance=st.sampled_from(["", "substantial", "high"]),
)


def test_nobody_may_nothing_and_a_grown_member_may():
    assert eligibility(NOBODY, NOW).reason is Reason.NOT_MEMBER
    answer = eligibility(MEMBER, NOW, age_from=18)
    assert answer.may
    assert answer.basis == "registered_address"


@given(standings, st.integers(0, 100), st.integers(0, 400))
def test_asking_for_more_never_lets_in_who_was_kept_out(standing, age_from, member_days):
    if not eligibility(standing, NOW).may:
        assert not eligibility(standing, NOW, age_from=age_from, member_days=member_days).may


@given(standings, st.integers(1, 100))
def test_whoever_may_is_a_member_of_known_sufficient_age(standing, age_from):
    if eligibility(standing, NOW, age_from=age_from).may:
        assert standing.is_member
        assert standing.age is not None
        assert standing.age >= age_from


@pytest.mark.parametrize(
    ("standing", "asked", "reason"),
    [
        (MEMBER, {"member_days": 11}, Reason.MEMBER_TOO_SHORT),
        (MEMBER, {"member_days": 10}, Reason.OK),
        (MEMBER, {"age_from": 19}, Reason.TOO_YOUNG),
        (Standing(is_member=True, since=NOW), {"age_from": 14}, Reason.AGE_UNKNOWN),
        (Standing(is_member=True, since=NOW), {}, Reason.OK),
        (
            Standing(is_member=True, since=NOW, assurance="substantial"),
            {"assurances": ["high"]},
            Reason.METHOD_TOO_WEAK,
        ),
        (Standing(is_member=True, since=NOW + timedelta(seconds=1)), {}, Reason.MEMBER_TOO_SHORT),
    ],
)
def test_the_first_missing_thing_is_named(standing, asked, reason):
    assert eligibility(standing, NOW, **asked).reason is reason


@pytest.mark.parametrize("reason", [one for one in Reason if one is not Reason.OK])
def test_every_reason_is_explained_with_something_to_do(reason):
    community = Community(name="Вишневогірська громада", cnap_address="вул. Садова, 1")
    told = explanation_of(Eligibility(reason=reason, age_from=16, member_days=5), community)
    assert told is not None
    assert told.title
    assert told.steps
    assert "%(" not in told.title
    assert "{" not in " ".join(told.steps)


def test_there_is_nothing_to_explain_to_who_may():
    assert explanation_of(Eligibility(reason=Reason.OK), Community()) is None


@pytest.mark.parametrize(
    "text", ["паспорт СН 482915", "код 3184710691", "тел. +38 (050) 111-22-33", "", "  ", "д" * 301]
)
def test_evidence_names_the_document_and_nobody(text):
    with pytest.raises(Invalid):
        check_evidence(text)


@pytest.mark.parametrize("text", [ADDRESS_EVIDENCE, "Витяг про місце проживання, бачив спеціаліст 12 березня 2026"])
def test_evidence_in_plain_words_is_taken(text):
    check_evidence(text)
