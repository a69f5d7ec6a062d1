"""Counting in by one statement and by several gives the same rows, places, tallies and counters."""

import hashlib
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.services.petitions.actions.counted import COLUMNS, WishedRows
from edem.services.petitions.actions.counting import count_in
from edem.services.petitions.actions.counting_apart import count_in_apart
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.models import Petition, Signature, SignatureRemoval, SignatureTally
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory, new_signature

pytestmark = pytest.mark.django_db

SIGNERS = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 7), st.integers(0, 2)), max_size=10, unique_by=lambda one: one[:2]
)
"""(petition, person, days later) of each row of a batch."""


@pytest.fixture
def twins():
    """Two communities, each with two petitions: one is counted in one statement, the other in several."""
    made = []
    for _ in range(2):
        community = CommunityFactory()
        made.append([PetitionFactory(community=community, collecting=True, required=1000) for _ in range(2)])
    return made


def rows_of(petitions, batch):
    for petition, person, days in batch:
        its = petitions[petition]
        mark = hashlib.sha256(f"{person}".encode()).digest()
        yield (
            its.community_id, its.pk, mark, 1, "00000000-0000-0000-0000-000000000001", f"Особа {person}",
            ("bank_id", "diia_id")[person % 2], "online", "", MARCH_1 + timedelta(days=days), None,
        )  # fmt: skip


def written(petitions):
    """Everything that counting moves, without the numbers that tell the twins apart."""
    return [
        (
            list(
                Signature.objects.filter(petition_id=its.pk)
                .order_by("ordinal")
                .values_list("ordinal", "mark", "signed_at")
            ),
            list(SignatureTally.objects.filter(petition_id=its.pk).values_list("day", "channel", "assurance", "count")),
            Petition.objects.filter(pk=its.pk).values_list("signature_count", "last_ordinal", "counted_at")[0],
        )
        for its in petitions
    ]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(batches=st.lists(SIGNERS, min_size=1, max_size=4), withdrawing=st.sets(st.integers(0, 7), max_size=3))
def test_both_ways_write_and_say_the_same(twins, batches, withdrawing):
    whole, apart = twins
    Signature.objects.all().delete(), SignatureTally.objects.all().delete(), SignatureRemoval.objects.all().delete()
    Petition.objects.update(signature_count=0, last_ordinal=0, counted_at=None)
    for place, batch in enumerate(batches):
        now = MARCH_1 + timedelta(hours=place)
        one = count_in(WishedRows(list(rows_of(whole, batch))), now=now) if batch else None
        several = count_in_apart(list(rows_of(apart, batch)), now=now) if batch else None
        if one and several:
            assert [one.counts.get(its.pk) for its in whole] == [several.counts.get(its.pk) for its in apart]
            assert one.left_out == several.left_out
        assert written(whole) == written(apart)
        take_back(twins, withdrawing)


def take_back(twins, persons):
    for signature in Signature.objects.filter(
        mark__in=[hashlib.sha256(f"{person}".encode()).digest() for person in persons]
    ):
        SignatureRemoval.objects.get_or_create(
            community_id=signature.community_id, petition_id=signature.petition_id, mark=signature.mark,
            exclusion_id=0, defaults={"at": MARCH_1},
        )  # fmt: skip


def test_a_distributed_installation_signs(monkeypatch, twins):
    told = django_settings.EDEM.model_copy(update={"distributed": True})
    monkeypatch.setattr(django_settings, "EDEM", told)
    petition = twins[0][0]
    batch = [new_signature(petition, who=name) for name in ("Ольга", "Ігор", "Ольга")]
    outcomes = list(add_signatures(batch).values())
    assert sorted(outcome.refusal is None for outcome in outcomes) == [False, True, True]
    petition.refresh_from_db()
    assert (petition.signature_count, petition.last_ordinal) == (2, 2)


def test_the_rows_are_those_of_the_table():
    assert {column.name for column in COLUMNS} | {"ordinal"} == {
        field.attname for field in Signature._meta.concrete_fields
    }
