"""Two connections at once: what the database promises when nobody waits politely."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import monotonic

import pytest
from django.db import connection, transaction

from edem.config.testing.at_once import at_once
from edem.foundation.events.testing import announced as announced_since_now
from edem.services.petitions.actions.closing import close_petition
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.events import PetitionReached
from edem.services.petitions.models import Petition, Signature
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory, new_signature

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_what_was_judged_before_the_lock_is_judged_anew_when_the_petition_has_changed():
    petition = PetitionFactory(collecting=True)
    item = new_signature(petition)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Petition.objects.select_for_update().get(pk=petition.pk)
            told = pool.submit(on_its_own_connection, lambda: add_signatures([item])[item])
            wait_until_somebody_waits_for_me()
            Petition.objects.filter(pk=petition.pk).update(state=State.WITHDRAWN)
        outcome = told.result(timeout=30)

    assert outcome.refusal is not None
    assert outcome.refusal.code == "petition.not_collecting"
    assert not Signature.objects.filter(petition_id=petition.pk).exists()


def on_its_own_connection(call):
    try:
        return call()
    finally:
        connection.close()


def wait_until_somebody_waits_for_me():
    until = monotonic() + 30
    while monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("Nobody came to the lock")


def test_a_signature_in_time_and_the_close_at_the_stroke_never_disagree():
    petition = PetitionFactory(one_signature_short=True)
    item = new_signature(petition, arrived_at=petition.closes_at - timedelta(milliseconds=1))

    at_once(lambda: add_signatures([item]), lambda: close_petition(petition.pk, now=petition.closes_at))

    petition.refresh_from_db()
    counted = petition.signature_count == 1
    assert petition.state == ("reached" if counted else "appeal")
    assert Signature.objects.filter(petition_id=petition.pk).exists() == counted
