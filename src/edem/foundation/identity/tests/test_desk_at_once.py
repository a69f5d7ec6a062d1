"""Two clerks at the same moment, on two connections: one of them is told that it is done already."""

import pytest

from edem.config.testing.at_once import DONE, tried_at_once
from edem.foundation.communities.tests.factories import CharterVersionFactory
from edem.foundation.identity.cnap.registering import register_person
from edem.foundation.identity.membership.deciding import decide_membership
from edem.foundation.identity.membership.kinds import Proof
from edem.foundation.identity.models import MembershipFact, PersonMerge, Proposal, SignInSlip
from edem.foundation.identity.persons.confirming import confirm_proposal
from edem.foundation.identity.persons.merging import propose_merge
from edem.foundation.identity.persons.slips import enter_with_slip, issue_slip
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.identity.tests.test_slips import ANSWER, GRANNY
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import MARCH_1, GrantFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerks(vyshnevohirsk):
    return [GrantFactory(role=Role.OFFICER, community=vyshnevohirsk).person for _ in range(3)]


def test_two_clerks_write_down_one_person(vyshnevohirsk, clerks):
    told = tried_at_once(*(
        lambda by=by: register_person(GRANNY, community_id=vyshnevohirsk.pk, by=by, now=MARCH_1) for by in clerks[:2]
    ))  # fmt: skip
    assert sorted(told) == [DONE, "identity.registered_already"]
    assert Person.objects.filter(login__isnull=True).count() == 1


def test_two_clerks_let_in_one_member(vyshnevohirsk, clerks):
    person = identified_resident()
    proof = Proof(settlement_code="UA99010000000000010", evidence="паспорт, бачив спеціаліст")
    asked = {"community_id": vyshnevohirsk.pk, "proof": proof, "now": MARCH_1}
    told = tried_at_once(*(lambda by=by: decide_membership(person.pk, by=by, **asked) for by in clerks[:2]))
    assert sorted(told) == [DONE, "identity.already_member"]
    assert MembershipFact.objects.count() == 1


def test_two_clerks_propose_once(vyshnevohirsk, clerks):
    values = {"kinds": ["officer"], "two_clerks_for": ["officer"]}
    CharterVersionFactory(community=vyshnevohirsk, service="membership", values=values)
    person = identified_resident()
    proof = Proof(settlement_code="UA99010000000000010", evidence="паспорт, бачив спеціаліст")
    asked = {"community_id": vyshnevohirsk.pk, "proof": proof, "now": MARCH_1}
    told = tried_at_once(*(lambda by=by: decide_membership(person.pk, by=by, **asked) for by in clerks[:2]))
    assert sorted(told) == [DONE, "identity.proposed_already"]
    assert Proposal.objects.count() == 1


def test_two_officers_confirm_one_merge(vyshnevohirsk, clerks):
    kept, absorbed = identified_resident(vyshnevohirsk), identified_resident(tax_number="", document="СН482915")
    asked = {"community_id": vyshnevohirsk.pk, "evidence": "обидва документи", "now": MARCH_1}
    proposal = propose_merge(kept.pk, absorbed.pk, by=clerks[0], **asked)
    told = tried_at_once(*(lambda by=by: confirm_proposal(proposal.pk, by=by, now=MARCH_1) for by in clerks[1:]))
    assert sorted(told) == [DONE, "identity.already_decided"]
    assert PersonMerge.objects.count() == 1


def test_merging_each_into_the_other_at_once_leaves_one_account(vyshnevohirsk, clerks):
    one, two = identified_resident(), identified_resident(tax_number="", document="СН482915")
    asked = {"community_id": vyshnevohirsk.pk, "evidence": "обидва документи", "by": clerks[0], "now": MARCH_1}
    there, back = propose_merge(one.pk, two.pk, **asked), propose_merge(two.pk, one.pk, **asked)
    told = tried_at_once(*(
        lambda each=each, by=by: confirm_proposal(each.pk, by=by, now=MARCH_1)
        for each, by in ((there, clerks[1]), (back, clerks[2]))
    ))  # fmt: skip
    assert sorted(told) == [DONE, "identity.merged_already"]
    assert Person.objects.filter(login__isnull=True, is_active=True).count() == 1


def test_one_slip_lets_in_one_browser(vyshnevohirsk, clerks):
    person = register_person(GRANNY, community_id=vyshnevohirsk.pk, by=clerks[0], now=MARCH_1)
    printed = issue_slip(person.pk, community_id=vyshnevohirsk.pk, by=clerks[0], now=MARCH_1)
    told = tried_at_once(*[lambda: enter_with_slip(printed.code, ANSWER, now=MARCH_1)] * 2)
    assert sorted(told) == [DONE, "identity.slip_refused"]


def test_guessing_from_many_browsers_at_once_is_still_counted(vyshnevohirsk, clerks):
    person = register_person(GRANNY, community_id=vyshnevohirsk.pk, by=clerks[0], now=MARCH_1)
    printed = issue_slip(person.pk, community_id=vyshnevohirsk.pk, by=clerks[0], now=MARCH_1)
    guesses = [lambda day=day: enter_with_slip(printed.code, f"0{day}.01.1990", now=MARCH_1) for day in range(1, 7)]
    assert set(tried_at_once(*guesses)) == {"identity.slip_refused"}
    assert SignInSlip.objects.get().wrong_answers == 5
