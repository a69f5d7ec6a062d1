"""An open page hears of a new state, though no signature moved with it."""

from datetime import timedelta

import pytest

from edem.services.petitions.actions.closing import close_petition
from edem.services.petitions.actions.considering import hand_over
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.queries.counting import counts_of
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory, new_signature, staff

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def moved(petition, *, since):
    return {number: shown.payload["state"] for number, shown in counts_of([petition.pk], since).items()}


def test_a_petition_whose_term_is_over_has_moved_though_nobody_signed():
    petition, other = PetitionFactory(collecting=True), PetitionFactory(collecting=True)
    ends = petition.closes_at
    assert moved(petition, since=ends - SECOND) == {}
    close_petition(petition.pk, now=ends)
    assert moved(petition, since=ends - SECOND) == {petition.pk: State.APPEAL}
    assert moved(petition, since=ends + SECOND) == {}, "what was told once is not told again"
    assert counts_of([other.pk], ends - SECOND) == {}


def test_a_step_of_the_staff_reaches_open_pages():
    petition = PetitionFactory(collecting=True)
    add_signatures([new_signature(petition, arrived_at=MARCH_1 + SECOND) for _ in range(petition.required)])
    later = MARCH_1 + timedelta(days=1)
    hand_over(petition.pk, by=staff(petition.community, "officer"), now=later)
    assert moved(petition, since=later - SECOND) == {petition.pk: State.HANDED_OVER}


def test_the_card_says_in_which_state_it_was_made(petition, read):
    assert 'data-state="collecting"' in read(f"{petition.pk}/")
