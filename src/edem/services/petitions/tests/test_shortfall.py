"""Below the threshold after an exclusion: an officer says in public what follows."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.events.testing import announced as announced_since_now
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.services.petitions.actions.closing import close_petition
from edem.services.petitions.actions.excluding import confirm_exclusion, propose_exclusion
from edem.services.petitions.actions.shortfall import decide_shortfall
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.events import PetitionFellShort, PetitionReached
from edem.services.petitions.models import Petition
from edem.services.petitions.rules.collecting import Progress
from edem.services.petitions.rules.lifecycle import State, Step
from edem.services.petitions.rules.shortfall import UNANSWERED, ways_on
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory, new_signature, staff
from edem.services.petitions.tests.test_exclusions import proposal

moments = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC))
progress_values = st.builds(
    Progress,
    state=st.sampled_from(State),
    signatures=st.integers(0, 50),
    required=st.integers(1, 50),
    closes_at=moments,
    reached_at=st.none() | moments,
)
WHY = "Після виключення підписів бракує, але питання важливе."


@given(progress_values, st.none() | moments, moments)
def test_a_decision_is_open_exactly_while_one_is_owed(progress, shortfall_at, now):
    ways = ways_on(progress, shortfall_at=shortfall_at, now=now)
    owed = shortfall_at is not None and progress.state in UNANSWERED and progress.signatures < progress.required
    assert bool(ways) == owed
    if owed:
        assert Step.CONTINUE in ways
        assert (Step.COLLECT_ON in ways) == (now < progress.closes_at)
        assert (Step.COUNT_SHORT in ways) == (now >= progress.closes_at)


@pytest.fixture
def officer(petition):
    return staff(petition.community, "officer")


@pytest.fixture
def petition(db):
    """Reached with ten, three of them forged."""
    petition = PetitionFactory(collecting=True)
    honest = [new_signature(petition, arrived_at=MARCH_1) for _ in range(7)]
    add_signatures(honest + [new_signature(petition, who=f"Марія {n}", arrived_at=MARCH_1) for n in range(3)])
    petition.refresh_from_db()
    assert petition.state == State.REACHED
    return petition


def exclude(petition, officer, **conditions):
    wanted = conditions or {"name": "Марія"}
    exclusion = propose_exclusion(petition.pk, proposal(petition, **wanted), by=officer, now=MARCH_1)
    confirm_exclusion(exclusion, by=staff(petition.community, "officer"), now=MARCH_1)
    petition.refresh_from_db()


def test_falling_below_leaves_the_petition_where_it_is_till_the_decision(petition, officer):
    due_at = petition.due_at
    exclude(petition, officer)
    assert (petition.state, petition.shortfall_at, petition.due_at) == (State.REACHED, MARCH_1, due_at)


@pytest.mark.parametrize("state", [State.REACHED, State.HANDED_OVER, State.CONSIDERATION])
def test_the_consideration_may_go_on_with_its_clocks(petition, officer, state):
    Petition.objects.filter(pk=petition.pk).update(state=state)
    exclude(petition, officer)
    due_at = petition.due_at
    decide_shortfall(petition.pk, Step.CONTINUE, by=officer, now=MARCH_1, note=WHY)
    petition.refresh_from_db()
    assert (petition.state, petition.due_at, petition.shortfall_at) == (state, due_at, None)
    step = petition.steps.latest("pk")
    assert (step.step, step.note, step.public, step.by) == ("continue", WHY, True, officer)


def test_it_may_collect_on_and_reach_its_threshold_again(petition, officer):
    exclude(petition, officer)
    decide_shortfall(petition.pk, Step.COLLECT_ON, by=officer, now=MARCH_1, note=WHY)
    petition.refresh_from_db()
    assert (petition.state, petition.reached_at, petition.due_at) == (State.COLLECTING, None, petition.closes_at)
    announced = announced_since_now()
    add_signatures([new_signature(petition, arrived_at=MARCH_1) for _ in range(3)])
    petition.refresh_from_db()
    assert petition.state == State.REACHED
    assert PetitionReached(petition_id=petition.pk) in announced


def test_one_that_collects_on_falls_short_at_the_same_stroke_as_ever(petition, officer):
    exclude(petition, officer)
    decide_shortfall(petition.pk, Step.COLLECT_ON, by=officer, now=MARCH_1, note=WHY)
    close_petition(petition.pk, now=petition.closes_at)
    petition.refresh_from_db()
    assert petition.state == State.APPEAL


def test_after_its_term_it_may_be_taken_as_an_appeal(petition, officer):
    exclude(petition, officer)
    after = petition.closes_at + timedelta(hours=1)
    announced = announced_since_now()
    with pytest.raises(Conflict):
        decide_shortfall(petition.pk, Step.COLLECT_ON, by=officer, now=after, note=WHY)
    decide_shortfall(petition.pk, Step.COUNT_SHORT, by=officer, now=after, note=WHY)
    petition.refresh_from_db()
    assert petition.state == State.APPEAL
    assert petition.due_at > after
    assert PetitionFellShort(petition_id=petition.pk) in announced


def test_nobody_ends_a_term_that_still_runs(petition, officer):
    exclude(petition, officer)
    with pytest.raises(Conflict):
        decide_shortfall(petition.pk, Step.COUNT_SHORT, by=officer, now=MARCH_1, note=WHY)


def test_without_a_shortfall_there_is_nothing_to_decide(petition, officer):
    for step in (Step.CONTINUE, Step.COLLECT_ON, Step.COUNT_SHORT):
        with pytest.raises(Conflict):
            decide_shortfall(petition.pk, step, by=officer, now=MARCH_1, note=WHY)


def test_enough_new_signatures_settle_the_matter(petition, officer):
    exclude(petition, officer)
    add_signatures([new_signature(petition, arrived_at=MARCH_1) for _ in range(3)])
    with pytest.raises(Conflict):
        decide_shortfall(petition.pk, Step.COLLECT_ON, by=officer, now=MARCH_1, note=WHY)


def test_the_decision_is_the_officers_and_has_its_reason(petition, officer):
    exclude(petition, officer)
    for role in ("mayor", "moderator", "auditor"):
        worker = staff(petition.community, role)
        with pytest.raises(NotAllowed):
            decide_shortfall(petition.pk, Step.CONTINUE, by=worker, now=MARCH_1, note=WHY)
    with pytest.raises(Invalid):
        decide_shortfall(petition.pk, Step.CONTINUE, by=officer, now=MARCH_1, note=" ")


def test_a_second_exclusion_after_a_decision_asks_again(petition, officer):
    exclude(petition, officer)
    decide_shortfall(petition.pk, Step.CONTINUE, by=officer, now=MARCH_1, note=WHY)
    exclude(petition, officer, channel="online")
    assert petition.shortfall_at == MARCH_1
