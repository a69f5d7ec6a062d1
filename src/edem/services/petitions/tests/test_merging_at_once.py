"""While two accounts become one, their owner signs with the one that stays: whoever is first, one signature counts."""

import uuid
from datetime import timedelta

import pytest

from edem.config.testing.at_once import at_once
from edem.foundation.identity.tests.factories import identified_resident
from edem.services.petitions.actions.merging import Merge, join_signatures
from edem.services.petitions.models import Exclusion, Signature
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory, staff
from edem.services.petitions.tests.test_merging import count_of, signed

pytestmark = pytest.mark.django_db(transaction=True)


def merge_of(petition, kept, absorbed):
    officers = [staff(petition.community, "officer").pk for _ in range(2)]
    return Merge(
        merge_id=uuid.uuid4().int % 10**9,
        kept_id=kept.pk,
        absorbed_id=absorbed.pk,
        proposed_by=officers[0],
        confirmed_by=officers[1],
    )


@pytest.mark.parametrize("_round", range(4))
def test_signing_while_being_merged_counts_once(_round):
    petition = PetitionFactory(collecting=True, required=100)
    kept, absorbed = identified_resident(petition.community), identified_resident(tax_number="", document="СН482915")
    signed(petition, absorbed)
    merge = merge_of(petition, kept, absorbed)

    at_once(
        lambda: join_signatures(merge, now=MARCH_1),
        lambda: signed(petition, kept, at=MARCH_1 + timedelta(seconds=1)),
    )

    assert count_of(petition) == 1
    assert Signature.objects.count() - Exclusion.objects.count() == 1


def test_two_workers_told_of_one_merge_do_it_once():
    petition = PetitionFactory(collecting=True, required=100)
    kept, absorbed = identified_resident(petition.community), identified_resident(tax_number="", document="СН482915")
    signed(petition, absorbed)
    signed(petition, kept)
    merge = merge_of(petition, kept, absorbed)

    at_once(*[lambda: join_signatures(merge, now=MARCH_1)] * 2)

    assert count_of(petition) == 1
    assert Exclusion.objects.count() == 1
