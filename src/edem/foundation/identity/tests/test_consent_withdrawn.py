"""Consent withdrawn: nothing about the person is left to decide, and nothing brings it back by itself."""

from datetime import timedelta

import pytest

from edem.foundation.identity.actions import admit_person, withdraw_consent
from edem.foundation.identity.models import Proposal, VaultRecord
from edem.foundation.identity.persons.confirming import confirm_proposal
from edem.foundation.identity.persons.merging import propose_merge
from edem.foundation.identity.persons.naming import FullName, propose_new_name
from edem.foundation.identity.proposals.waiting import proposals_waiting
from edem.foundation.identity.tests.factories import claims_of, identified_resident
from edem.foundation.people.tests.factories import MARCH_1
from edem.kernel.errors import Conflict, NotAllowed

pytestmark = pytest.mark.django_db

LATER = MARCH_1 + timedelta(days=3)
PASSPORT = {"tax_number": "", "document": "СН482915"}


@pytest.mark.parametrize("matter", ["name", "merge", "the other side of a merge"])
def test_about_whoever_withdrew_their_consent_nothing_is_left_to_decide(officers, about, client, matter):
    person, another = identified_resident(), identified_resident(**PASSPORT)
    asked = {"by": officers[0], **about}
    name = FullName(last_name="Ткачук", given_name="Олена", middle_name="Петрівна")
    proposal = {
        "name": lambda: propose_new_name(person.pk, name, **asked),
        "merge": lambda: propose_merge(person.pk, another.pk, **asked),
        "the other side of a merge": lambda: propose_merge(another.pk, person.pk, **asked),
    }[matter]()
    withdraw_consent(person, now=LATER)
    with pytest.raises(Conflict, match=r"identity\.already_decided"):
        confirm_proposal(proposal.pk, by=officers[1], now=LATER)
    assert not proposals_waiting(about["community_id"]).exists()


def test_with_the_consent_the_name_that_was_asked_of_officers_goes_and_nobody_else_s(officers, about):
    people = [identified_resident(), identified_resident(**PASSPORT)]
    name = FullName(last_name="Ткачук", given_name="Олена", middle_name="Петрівна")
    for person in people:
        propose_new_name(person.pk, name, by=officers[0], **about)
    withdraw_consent(people[0], now=LATER)
    gone, kept = (bytes(Proposal.objects.get(person=person).terms) for person in people)
    assert gone == b""
    assert kept


def test_consent_withdrawn_in_another_window_while_one_was_at_the_provider_s_is_not_undone():
    claims = claims_of()
    person = admit_person(claims, consents=True, now=MARCH_1)
    withdraw_consent(person, now=LATER)
    with pytest.raises(NotAllowed, match=r"identity\.consent_needed"):
        admit_person(claims, consents=False, now=LATER)
    assert not VaultRecord.objects.exists()
