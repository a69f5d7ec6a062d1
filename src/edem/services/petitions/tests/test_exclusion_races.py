"""Exclusions on several connections at once: applied once, and the count exact while people sign."""

from datetime import timedelta

import pytest

from edem.config.testing.at_once import DONE, at_once, tried_at_once
from edem.services.petitions.actions.excluding import confirm_exclusion, propose_exclusion
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.models import SignatureRemoval
from edem.services.petitions.queries.signatures import counted_on, days_of
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory, new_signature, staff
from edem.services.petitions.tests.test_exclusions import proposal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def petition():
    petition = PetitionFactory(collecting=True, required=1_000)
    add_signatures([new_signature(petition, arrived_at=MARCH_1) for _ in range(40)])
    petition.refresh_from_db()
    return petition


def proposed_by(petition, officer, **conditions):
    return propose_exclusion(petition.pk, proposal(petition, **conditions), by=officer, now=MARCH_1)


def count_of(petition):
    petition.refresh_from_db()
    assert petition.signature_count == counted_on(petition).count() == sum(n for _day, n in days_of(petition))
    return petition.signature_count


def test_of_two_who_confirm_at_once_one_excludes(petition):
    exclusion = proposed_by(petition, staff(petition.community, "officer"), channel="online")
    deciders = [staff(petition.community, "officer") for _ in range(2)]

    told = tried_at_once(*(lambda by=by: confirm_exclusion(exclusion, by=by, now=MARCH_1) for by in deciders))

    assert sorted(told) == [DONE, "lifecycle.not_now"]
    assert (count_of(petition), SignatureRemoval.objects.count()) == (0, 40)


def test_of_two_exclusions_over_the_same_signatures_one_takes_them_off(petition):
    officer, second = (staff(petition.community, "officer") for _ in range(2))
    wide = proposed_by(petition, officer, channel="online")
    add_signatures([new_signature(petition, who="Ольга", arrived_at=MARCH_1)])
    petition.refresh_from_db()
    narrow = proposed_by(petition, officer, until=MARCH_1)

    told = tried_at_once(
        *(lambda each=each: confirm_exclusion(each, by=second, now=MARCH_1) for each in (wide, narrow))
    )

    assert sorted(told) == [DONE, "exclusion.set_changed"]
    assert count_of(petition) == (1 if told[0] == DONE else 0)


def test_people_who_sign_meanwhile_are_counted_exactly(petition):
    exclusion = proposed_by(petition, staff(petition.community, "officer"), channel="online")
    second = staff(petition.community, "officer")
    later = MARCH_1 + timedelta(minutes=1)
    batches = [[new_signature(petition, arrived_at=later) for _ in range(25)] for _ in range(6)]

    at_once(
        *(lambda batch=batch: add_signatures(batch) for batch in batches[:3]),
        lambda: confirm_exclusion(exclusion, by=second, now=later),
        *(lambda batch=batch: add_signatures(batch) for batch in batches[3:]),
    )

    assert count_of(petition) == 150
    assert SignatureRemoval.objects.count() == 40
