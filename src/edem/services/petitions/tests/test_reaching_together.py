"""What one batch brings over many thresholds costs others no longer a wait than what it brings over one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from edem.foundation.communities.models import CharterVersion
from edem.foundation.events.testing import announced as announced_since_now
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.events import ClockStarted, PetitionReached
from edem.services.petitions.models import Petition, PetitionStep
from edem.services.petitions.rules.lifecycle import Step
from edem.services.petitions.tests.factories import PetitionFactory, new_signature

pytestmark = pytest.mark.django_db


def short_of_one(number: int) -> list[Petition]:
    first = PetitionFactory(one_signature_short=True)
    return [first, *(PetitionFactory(one_signature_short=True, community=first.community) for _ in range(number - 1))]


def signed(petitions):
    return add_signatures([new_signature(each) for each in petitions])


def test_each_is_reached_announced_and_written_down_once():
    announced, petitions = announced_since_now(), short_of_one(5)

    signed(petitions)
    signed(petitions)

    for petition in petitions:
        petition.refresh_from_db()
        assert (petition.state, petition.signature_count) == ("reached", 2)
        assert petition.reached_at is not None
        step = PetitionStep.objects.get(petition=petition, step=Step.REACH)
        assert (step.from_state, step.to_state, step.actor, step.public) == ("collecting", "reached", "clock", True)
        assert [fact for fact in announced if fact == PetitionReached(petition_id=petition.pk)] == [
            PetitionReached(petition_id=petition.pk)
        ]
        clocks = [fact for fact in announced if isinstance(fact, ClockStarted) and fact.petition_id == petition.pk]
        assert [(clock.state, clock.due_at) for clock in clocks] == [("reached", petition.due_at)]


def test_terms_of_unlike_charters_end_each_at_its_own_time():
    ours, theirs = PetitionFactory(one_signature_short=True), PetitionFactory(one_signature_short=True)
    CharterVersion.objects.filter(pk=theirs.charter_id).update(
        values={**theirs.charter.values, "hand_over": {"amount": 9, "unit": "calendar_days", "starts": "reached"}}
    )

    signed([ours, theirs])

    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert {ours.state, theirs.state} == {"reached"}
    assert theirs.due_at - ours.due_at >= timedelta(days=7)


def test_ten_thresholds_take_as_many_statements_as_two():
    signed(short_of_one(1))  # what a process reads once is read
    asked = []
    for number in (2, 10):
        petitions = short_of_one(number)
        with CaptureQueriesContext(connection) as captured:
            signed(petitions)
        asked.append(len(captured))
    assert asked[0] == asked[1]
