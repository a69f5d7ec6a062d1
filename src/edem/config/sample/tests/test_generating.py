"""The sample is alive on any day: the same for a seed, in order, within its terms, and never in the future."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edem.config.sample.generating import SampleCommunity, make_community
from edem.config.sample.petitions import SamplePetition
from edem.config.sample.records import people_as_json
from edem.foundation.identity.claims import claims_from
from edem.kernel.deadlines import KYIV, kyiv_day
from edem.kernel.lifecycle import AUTHOR, CLOCK
from edem.kernel.ukraine import UKRAINE
from edem.services.petitions.rules.lifecycle import SIGNABLE, State, Step

SUNDAY_BEFORE_DAWN = datetime(2026, 11, 22, 1, 50, tzinfo=UTC)
FRIDAY_NOON = datetime(2027, 3, 5, 10, 0, tzinfo=UTC)
NEW_YEARS_MIDNIGHT = datetime(2027, 12, 31, 22, 0, 30, tzinfo=UTC)
days = st.datetimes(timezones=st.just(UTC), min_value=datetime(2026, 6, 1), max_value=datetime(2031, 6, 1))


@pytest.fixture(scope="module", params=[SUNDAY_BEFORE_DAWN, NEW_YEARS_MIDNIGHT], ids=str)
def city(request) -> tuple[SampleCommunity, datetime]:
    return make_community("vyshnevohirsk", now=request.param, calendar=UKRAINE), request.param


def collected(petition: SamplePetition) -> bool:
    return petition.chronicle.at(Step.PUBLISH) is not None


def check_petition(petition: SamplePetition, now: datetime) -> None:
    chronicle = petition.chronicle
    moments = [chronicle.created_at, *(step.at for step in chronicle.steps)]
    assert moments == sorted(moments), petition.text.key
    assert moments[-1] <= now, petition.text.key
    signed = [each.at for each in petition.signatures]
    assert len({each.resident.id for each in petition.signatures}) == len(signed)
    if not collected(petition):
        assert not signed
        return
    assert signed == sorted(signed), petition.text.key
    last = min(each for each in (now, chronicle.closes_at, chronicle.at(Step.ANSWER)) if each)
    assert all(chronicle.when(Step.PUBLISH) < at <= last for at in signed), petition.text.key


def check_threshold(petition: SamplePetition, now: datetime) -> None:
    chronicle, needed = petition.chronicle, petition.chronicle.regulation.charter.threshold
    if not collected(petition):
        return
    reached = chronicle.at(Step.REACH)
    if reached is not None:
        assert petition.signatures[needed - 1].at == reached, petition.text.key
        assert reached < chronicle.closes_at, petition.text.key
        return
    assert len(petition.signatures) < needed, petition.text.key
    if chronicle.state is State.COLLECTING:
        assert now < chronicle.closes_at, petition.text.key


@settings(max_examples=25, deadline=None)
@given(days)
def test_on_any_day_everything_is_in_order(now):
    village = make_community("kalyniv-yar", now=now, calendar=UKRAINE)
    for petition in village.petitions:
        check_petition(petition, now)
        check_threshold(petition, now)


def test_in_the_city_too(city):
    community, now = city
    for petition in community.petitions:
        check_petition(petition, now)
        check_threshold(petition, now)


def test_the_same_seed_and_day_give_the_same_sample():
    one, other = (make_community("kalyniv-yar", now=FRIDAY_NOON, calendar=UKRAINE) for _ in range(2))
    assert one == other


def test_people_are_the_same_on_another_day():
    one, other = (make_community("kalyniv-yar", now=now, calendar=UKRAINE) for now in (FRIDAY_NOON, SUNDAY_BEFORE_DAWN))
    assert one.residents == other.residents


def test_every_state_that_lasts_is_shown(city):
    states = {petition.chronicle.state for petition in city[0].petitions}
    assert states == set(State) - {State.FELL_SHORT}  # that one lasts no longer than a stroke of the clock


def test_staff_work_on_working_days_but_a_hand_over_does_not_wait(city):
    for petition in city[0].petitions:
        for step in petition.chronicle.steps:
            if step.actor not in (AUTHOR, CLOCK) and step.step is not Step.HAND_OVER:
                assert UKRAINE.is_working(kyiv_day(step.at)), petition.text.key
                assert 8 <= step.at.astimezone(KYIV).hour < 18, petition.text.key


def test_some_terms_are_missed_and_most_are_met(city):
    community, now = city
    running = [each for each in community.petitions if each.chronicle.due_at]
    overdue = Counter(each.chronicle.state for each in running if each.chronicle.due_at <= now)
    assert set(overdue) == {State.MODERATION, State.CONSIDERATION, State.APPEAL, State.FULFILMENT}
    assert overdue.total() < len(running) / 3


def test_several_are_almost_there(city):
    missing = [
        each.chronicle.regulation.charter.threshold - len(each.signatures)
        for each in city[0].petitions
        if each.chronicle.state is State.COLLECTING
    ]
    assert sorted(missing)[:3] == [3, 11, 12]


def test_one_may_sign_something_today_and_something_ends_within_days(city):
    community, now = city
    open_now = [each for each in community.petitions if each.chronicle.state in SIGNABLE]
    assert len(open_now) >= 20
    assert any(each.chronicle.closes_at - now < timedelta(days=4) for each in open_now)


def test_a_curve_has_its_shape(city):
    """A burst spends half of its signatures in the first quarter of its days; a steady one does not."""
    petitions = {each.text.key: each for each in city[0].petitions}
    assert early_share(petitions["access-kerbs"]) > 0.5
    assert early_share(petitions["open-repairs"]) < 0.5


def early_share(petition: SamplePetition) -> float:
    signed = [each.at for each in petition.signatures]
    quarter = signed[0] + (signed[-1] - signed[0]) / 4
    return sum(at <= quarter for at in signed) / len(signed)


def test_neighbours_sign_first(city):
    petition = next(each for each in city[0].petitions if each.text.key == "roads-dubova-balka")
    near = [each for each in petition.signatures if each.resident.place == "dubova_balka"]
    assert len(near) > len(petition.signatures) / 5  # though only one resident in fifty lives there


def test_the_sandbox_knows_everybody_and_says_it_as_the_state_does():
    records = json.loads(people_as_json(today=kyiv_day(FRIDAY_NOON)))
    claims = [claims_from({**record, "auth_type": "bank_id"}) for record in records]
    assert len({each.identifiers for each in claims}) == len(records) > 4_000
    assert sum(bool(each.document) for each in claims) == 1


def test_no_generated_resident_bears_the_name_of_a_persona_or_a_worker(city):
    community, _ = city
    known = {each.full_name for each in community.personas} | {each.name for each in community.text.staff}
    assert not [each.name.shown for each in community.residents if not each.key and each.name.shown in known]
