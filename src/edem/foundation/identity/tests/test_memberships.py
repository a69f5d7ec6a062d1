"""Membership as a dated fact: by address at each sign-in, or by an officer who has seen a document."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as by_hypothesis
from hypothesis import strategies as st

from edem.foundation.audit.models import AuditEntry
from edem.foundation.identity.actions import admit_person
from edem.foundation.identity.membership.deciding import decide_membership, end_membership
from edem.foundation.identity.membership.kinds import Proof
from edem.foundation.identity.models import MembershipFact
from edem.foundation.identity.queries import is_at_least, is_member_on, may_act_in, memberships_of, standing_of
from edem.foundation.identity.rules import Reason
from edem.foundation.identity.tests.conftest import community_with_settlements
from edem.foundation.identity.tests.factories import claims_of, identified_resident
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import MARCH_1, GrantFactory, PersonFactory
from edem.kernel.deadlines import kyiv_day
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed

pytestmark = pytest.mark.django_db

CITY, FOREST = "UA99010000000000010", "UA99010000000000011"
LATER = MARCH_1 + timedelta(days=30)


@pytest.fixture
def officer(vyshnevohirsk):
    return GrantFactory(role=Role.OFFICER, community=vyshnevohirsk).person


def decided(person, community, officer, **more):
    proof = Proof(**({"settlement_code": CITY, "evidence": "паспорт, бачив спеціаліст"} | more))
    return decide_membership(person.pk, community_id=community.pk, proof=proof, by=officer, now=MARCH_1)


def test_an_officer_decides_and_it_is_audited(vyshnevohirsk, officer):
    person = identified_resident()
    assert may_act_in(person, vyshnevohirsk, now=MARCH_1).reason is Reason.NOT_MEMBER
    fact = decided(person, vyshnevohirsk, officer)
    assert may_act_in(person, vyshnevohirsk, now=MARCH_1, age_from=16).may
    assert may_act_in(person, vyshnevohirsk, now=MARCH_1).basis == "officer"
    assert fact.decided_by == officer
    assert AuditEntry.objects.get().act == "identity.decide_membership"


def test_an_officer_of_another_community_may_not(vyshnevohirsk):
    stranger = GrantFactory(role=Role.OFFICER).person
    with pytest.raises(NotAllowed, match=r"identity\.may_not_decide"):
        decided(identified_resident(), vyshnevohirsk, stranger)


def test_one_is_a_member_once_at_a_time_and_of_a_real_settlement(vyshnevohirsk, officer):
    person = identified_resident()
    with pytest.raises(Invalid, match=r"identity\.no_settlement"):
        decided(person, vyshnevohirsk, officer, settlement_code="UA00000000000000000")
    with pytest.raises(Invalid, match=r"identity\.evidence_personal"):
        decided(person, vyshnevohirsk, officer, evidence="паспорт СН482915")
    decided(person, vyshnevohirsk, officer)
    with pytest.raises(Conflict, match=r"identity\.already_member"):
        decided(person, vyshnevohirsk, officer)


def test_an_ended_membership_gives_no_standing_but_stays_known(vyshnevohirsk, officer):
    person = identified_resident()
    fact = decided(person, vyshnevohirsk, officer)
    end_membership(fact.pk, by=officer, now=LATER)
    assert standing_of(person, vyshnevohirsk, now=LATER - timedelta(days=1)).is_member
    assert not standing_of(person, vyshnevohirsk, now=LATER).is_member
    assert memberships_of(person).get().until == LATER
    with pytest.raises(Missing):
        end_membership(fact.pk, by=officer, now=LATER)


def test_who_moves_within_the_community_stays_a_member_since_the_first_day(vyshnevohirsk):
    claims = claims_of(locality="м. Вишневогірськ", state="Вишневогірська область")
    person = admit_person(claims, consents=True, now=MARCH_1)
    admit_person(claims, consents=False, now=LATER)
    assert MembershipFact.objects.count() == 1
    moved = claims_of(tax_number=claims.tax_number, locality="с. Лісове", state="Вишневогірська область")
    admit_person(moved, consents=False, now=LATER)
    standing = standing_of(person, vyshnevohirsk, now=LATER)
    assert (standing.settlement_code, standing.since) == (FOREST, MARCH_1)


def test_who_moves_to_another_community_acts_there_and_no_longer_here(vyshnevohirsk):
    other = community_with_settlements("UA9802", oblast="Далека", settlements=[("Далеч", "M")], slug="daleka")
    claims = claims_of(locality="м. Вишневогірськ", state="Вишневогірська область")
    person = admit_person(claims, consents=True, now=MARCH_1)
    admit_person(claims_of(tax_number=claims.tax_number, locality="м. Далеч"), consents=False, now=LATER)
    assert not standing_of(person, vyshnevohirsk, now=LATER).is_member
    assert standing_of(person, other, now=LATER).is_member


@pytest.mark.parametrize("locality", ["", "м. Незнане"])
def test_an_address_that_says_nothing_certain_changes_nothing(vyshnevohirsk, locality):
    claims = claims_of(locality="м. Вишневогірськ")
    person = admit_person(claims, consents=True, now=MARCH_1)
    admit_person(claims_of(tax_number=claims.tax_number, locality=locality), consents=False, now=LATER)
    assert standing_of(person, vyshnevohirsk, now=LATER).is_member


def test_an_officers_decision_is_not_undone_by_an_address_elsewhere(vyshnevohirsk, officer):
    community_with_settlements("UA9802", oblast="Далека", settlements=[("Далеч", "M")], slug="daleka")
    claims = claims_of(locality="м. Далеч")
    person = admit_person(claims, consents=True, now=MARCH_1)
    decided(person, vyshnevohirsk, officer)
    admit_person(claims, consents=False, now=LATER)
    assert standing_of(person, vyshnevohirsk, now=LATER).basis == "officer"


def test_a_visitor_stands_nowhere(vyshnevohirsk):
    assert not standing_of(None, vyshnevohirsk, now=MARCH_1).is_member


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))


@by_hypothesis(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(moments, st.none() | moments, st.none() | moments, moments)
def test_who_is_a_member_at_a_moment_was_one_on_that_day(vyshnevohirsk, since, until, holds_until, moment):
    """«Member on day D» never denies what any moment of that day granted, and tells the same basis."""
    person = PersonFactory()
    ends = max(until, since) if until else None
    MembershipFact.objects.create(
        person=person, community=vyshnevohirsk, settlement_code=CITY, since=since, until=ends,
        holds_until=holds_until, basis="study", evidence="довідка", decided_at=since, decided_by=person,
    )  # fmt: skip
    at_moment = standing_of(person, vyshnevohirsk, now=moment)
    on_day = is_member_on(person, vyshnevohirsk.pk, kyiv_day(moment))
    if at_moment.is_member:
        assert (on_day.belonged, on_day.basis, on_day.since) == (True, "study", since)
    if on_day.belonged:
        assert since < moment + timedelta(days=1)
    person.memberships.all().delete()


@pytest.mark.parametrize(("years", "answer"), [(18, True), (41, True), (42, False)])
def test_at_least_so_many_years_is_a_yes_or_a_no(years, answer):
    assert is_at_least(identified_resident(), years, now=MARCH_1) is answer


def test_of_somebody_without_a_day_of_birth_the_age_is_not_known():
    person = identified_resident(tax_number="", document="СН482915", born_on="")
    assert is_at_least(person, 14, now=MARCH_1) is None
