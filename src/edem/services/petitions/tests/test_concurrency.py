"""Two connections at once: what the database promises when nobody waits politely."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from edem.foundation.events.testing import announced as announced_since_now
from edem.foundation.events.testing import forget_all_jobs
from edem.services.petitions.actions.closing import close_petition
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.events import PetitionReached
from edem.services.petitions.models import Petition, Signature
from edem.services.petitions.tests.factories import PetitionFactory, new_signature

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_jobs_left():
    yield
    forget_all_jobs()


def at_once(*calls):
    """Run each call on a thread and a connection of its own, all let go at the same moment."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait(timeout=10)
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [each.result(timeout=30) for each in [pool.submit(run, call) for call in calls]]


def test_one_person_signing_on_two_connections_signs_once():
    petition = PetitionFactory(collecting=True)
    same = [
        new_signature(petition, who="Ольга", arrived_at=petition.published_at + timedelta(seconds=n)) for n in (1, 2)
    ]

    told = at_once(*(lambda item=item: add_signatures([item])[item] for item in same))

    assert sorted(outcome.refusal is None for outcome in told) == [False, True]
    assert Signature.objects.filter(petition_id=petition.pk).count() == 1
    assert Petition.objects.get(pk=petition.pk).signature_count == 1


def test_of_two_that_bring_the_last_signature_one_announces():
    announced = announced_since_now()
    petition = PetitionFactory(one_signature_short=True)
    items = [new_signature(petition), new_signature(petition)]

    at_once(*(lambda item=item: add_signatures([item]) for item in items))

    assert [fact for fact in announced if isinstance(fact, PetitionReached)] == [
        PetitionReached(petition_id=petition.pk)
    ]
    assert Petition.objects.get(pk=petition.pk).signature_count == 2


def test_batches_over_the_same_petitions_in_any_order_never_lock_each_other_out():
    petitions = [PetitionFactory(collecting=True) for _ in range(6)]
    batches = [[new_signature(each) for each in order] for order in (petitions, petitions[::-1]) * 4]

    at_once(*(lambda batch=batch: add_signatures(batch) for batch in batches))

    assert Signature.objects.count() == 48
    assert {each.signature_count for each in Petition.objects.order_by("pk")} == {8}


def test_a_signature_in_time_and_the_close_at_the_stroke_never_disagree():
    petition = PetitionFactory(one_signature_short=True)
    item = new_signature(petition, arrived_at=petition.closes_at - timedelta(milliseconds=1))

    at_once(lambda: add_signatures([item]), lambda: close_petition(petition.pk, now=petition.closes_at))

    petition.refresh_from_db()
    counted = petition.signature_count == 1
    assert petition.state == ("reached" if counted else "appeal")
    assert Signature.objects.filter(petition_id=petition.pk).exists() == counted
