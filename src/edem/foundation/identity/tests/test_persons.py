"""One person, one account: new surnames, two documents, mistaken merges. Always two officers, always a trace."""

from dataclasses import replace
from datetime import timedelta

import pytest

from edem.foundation.audit.models import AuditEntry
from edem.foundation.events.testing import announced as announced_since_now
from edem.foundation.identity import vault
from edem.foundation.identity.actions import admit_person, withdraw_consent
from edem.foundation.identity.events import PeopleMerged, PeopleParted, ProposalMade
from edem.foundation.identity.jobs import keep_terms
from edem.foundation.identity.models import (
    FormerName,
    MembershipFact,
    PersonMerge,
    SignInMark,
    VaultReading,
    VaultRecord,
)
from edem.foundation.identity.persons.confirming import confirm_proposal
from edem.foundation.identity.persons.merging import propose_merge
from edem.foundation.identity.persons.naming import FullName, former_names_of, propose_new_name
from edem.foundation.identity.persons.parting import propose_parting
from edem.foundation.identity.privacy.holdings import held_by_identity
from edem.foundation.identity.privacy.readings import Whose, readings_about
from edem.foundation.identity.purposes import ReadPurpose
from edem.foundation.identity.queries import person_known_by, standing_of
from edem.foundation.identity.tests.factories import claims_of, identified_resident
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import MARCH_1, GrantFactory
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed

pytestmark = pytest.mark.django_db

LATER = MARCH_1 + timedelta(days=3)
PASSPORT = {"tax_number": "", "document": "СН482915"}


def merged(kept, absorbed, officers, about):
    proposal = propose_merge(kept.pk, absorbed.pk, by=officers[0], **about)
    confirm_proposal(proposal.pk, by=officers[1], now=about["now"])
    return PersonMerge.objects.get(undone_at__isnull=True)


def parted(merge, officers, *, now=LATER):
    proposal = propose_parting(merge.pk, evidence="однофамільці", by=officers[0], now=now)
    confirm_proposal(proposal.pk, by=officers[1], now=now)


# Whose account


def test_a_passport_mistyped_by_a_bank_does_not_lead_into_somebody_elses_account():
    owner = admit_person(claims_of(document="СН482915"), consents=True, now=MARCH_1)
    stranger = claims_of(document="СН482915", last_name="Шевчук")
    assert person_known_by(stranger) is None
    newcomer = admit_person(stranger, consents=True, now=MARCH_1)
    assert newcomer != owner
    owner.refresh_from_db()
    assert owner.display_name == "Коваленко Олена Петрівна"
    assert person_known_by(stranger) == newcomer
    assert person_known_by(replace(stranger, tax_number="")) == owner, "the passport alone is still the first one's"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"unzr": "19840312-00017"}, {"unzr": "19840312-00025"}),
        ({"born_on": "1984-03-12"}, {"unzr": "19610203-00025", "born_on": "1961-02-03"}),
    ],
    ids=["another register record", "another day of birth"],
)
def test_a_passport_of_two_people_without_tax_numbers_is_the_first_ones(first, then):
    owner = admit_person(claims_of(**PASSPORT | first), consents=True, now=MARCH_1)
    assert admit_person(claims_of(**PASSPORT | then), consents=True, now=MARCH_1) != owner


def test_a_passport_leads_home_whoever_only_got_a_tax_number_meanwhile():
    owner = admit_person(claims_of(**PASSPORT), consents=True, now=MARCH_1)
    assert admit_person(claims_of(document=PASSPORT["document"]), consents=False, now=LATER) == owner


def test_while_keys_go_over_the_tax_number_under_the_old_key_beats_the_passport_under_the_new(settings):
    owner = admit_person(claims_of(document="СН482915"), consents=True, now=MARCH_1)
    mine = claims_of()
    me = admit_person(mine, consents=True, now=MARCH_1)
    settings.EDEM = settings.EDEM.model_copy(update={"mark_key": f"2:{'ef' * 32},1:{settings.EDEM.mark_key}"})
    admit_person(claims_of(tax_number=vault_tax_number(owner), document="СН482915"), consents=False, now=LATER)
    assert person_known_by(replace(mine, document="СН482915")) == me


def vault_tax_number(person) -> str:
    return vault.read(person, ["tax_number"], purpose=ReadPurpose.MERGE, by=None, now=LATER)["tax_number"]


# Surname


def test_a_certificate_with_a_new_surname_brings_it_and_the_former_one_is_kept_sealed():
    claims = claims_of(last_name="Коваленко")
    admit_person(claims, consents=True, now=MARCH_1)
    married = claims_of(tax_number=claims.tax_number, last_name="Ткачук")
    person = admit_person(married, consents=False, now=LATER)
    assert person.display_name == "Ткачук Олена Петрівна"
    assert former_names_of(person) == [("Коваленко Олена Петрівна", LATER)]
    assert "Коваленко".encode() not in bytes(FormerName.objects.get().sealed)


def test_by_a_document_it_takes_two_officers_and_an_older_certificate_does_not_bring_the_old_name_back(officers, about):
    claims = claims_of(last_name="Коваленко")
    person = admit_person(claims, consents=True, now=MARCH_1)
    name = FullName(last_name="Ткачук", given_name="Олена", middle_name="Петрівна")
    proposal = propose_new_name(person.pk, name, by=officers[0], **about)
    person.refresh_from_db()
    assert person.display_name.startswith("Коваленко")
    assert "Ткачук".encode() not in bytes(proposal.terms)

    confirm_proposal(proposal.pk, by=officers[1], now=MARCH_1)
    person = admit_person(claims, consents=False, now=LATER)
    assert person.display_name == "Ткачук Олена Петрівна"
    again = admit_person(claims_of(tax_number=claims.tax_number, last_name="Бойко"), consents=False, now=LATER)
    assert again.display_name.startswith("Бойко")


def test_the_same_name_is_no_new_one(officers, about):
    person = identified_resident()
    same = FullName(last_name="Коваленко", given_name="Олена", middle_name="Петрівна")
    with pytest.raises(Invalid, match=r"identity\.name_unchanged"):
        propose_new_name(person.pk, same, by=officers[0], **about)


# Two documents


def test_two_documents_are_one_person_from_then_on(vyshnevohirsk, officers, about):
    announced = announced_since_now()
    by_tax, by_passport = claims_of(), claims_of(**PASSPORT)
    kept = admit_person(by_tax, consents=True, now=MARCH_1)
    absorbed = identified_resident(vyshnevohirsk, **PASSPORT)
    merge = merged(kept, absorbed, officers, about)

    assert person_known_by(by_passport) == person_known_by(by_tax) == kept
    assert admit_person(by_passport, consents=False, now=LATER) == kept
    assert standing_of(kept, vyshnevohirsk, now=LATER).is_member
    assert not Person.objects.get(pk=absorbed.pk).is_active
    told = PeopleMerged(merge.pk, kept.pk, absorbed.pk, officers[0].pk, officers[1].pk)
    assert [each for each in announced if not isinstance(each, ProposalMade)] == [told]
    acts = AuditEntry.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["identity.propose_merge", "identity.merge"]
    assert set(VaultReading.objects.filter(purpose="merge").values_list("person", flat=True)) == {kept.pk, absorbed.pk}


def test_of_two_memberships_in_one_community_the_older_stays(vyshnevohirsk, officers, about):
    kept = identified_resident(vyshnevohirsk, since=MARCH_1)
    absorbed = identified_resident(vyshnevohirsk, since=MARCH_1 - timedelta(days=400), **PASSPORT)
    merged(kept, absorbed, officers, about)
    assert standing_of(kept, vyshnevohirsk, now=LATER).since == MARCH_1 - timedelta(days=400)
    assert MembershipFact.objects.filter(until__isnull=True).count() == 1


def test_nobody_merges_alone_nor_what_is_no_pair(vyshnevohirsk, officers, about):
    kept, absorbed = identified_resident(vyshnevohirsk), identified_resident(**PASSPORT)
    with pytest.raises(Invalid, match=r"identity\.merge_with_oneself"):
        propose_merge(kept.pk, kept.pk, by=officers[0], **about)
    with pytest.raises(Missing, match=r"identity\.no_person"):
        propose_merge(kept.pk, officers[1].pk, by=officers[0], **about)
    with pytest.raises(NotAllowed, match=r"identity\.may_not_decide"):
        propose_merge(kept.pk, absorbed.pk, by=GrantFactory(role=Role.CLERK).person, **about)
    proposal = propose_merge(kept.pk, absorbed.pk, by=officers[0], **about)
    with pytest.raises(NotAllowed, match=r"identity\.own_proposal"):
        confirm_proposal(proposal.pk, by=officers[0], now=MARCH_1)
    assert not PersonMerge.objects.exists()


def test_accounts_of_another_community_are_its_own_officers_business(officers, about):
    elsewhere = GrantFactory(role=Role.OFFICER).community
    stranger, absorbed = identified_resident(elsewhere), identified_resident(**PASSPORT)
    with pytest.raises(NotAllowed, match=r"identity\.person_of_another_community"):
        propose_merge(stranger.pk, absorbed.pk, by=officers[0], **about)


def test_a_mistaken_merge_is_undone_by_two_officers(vyshnevohirsk, officers, about):
    announced = announced_since_now()
    kept, absorbed = identified_resident(), identified_resident(vyshnevohirsk, **PASSPORT)
    marks = {(mark.person_id, bytes(mark.value)) for mark in SignInMark.objects.order_by("pk")}
    merge = merged(kept, absorbed, officers, about)
    parted(merge, officers)

    assert {(mark.person_id, bytes(mark.value)) for mark in SignInMark.objects.order_by("pk")} == marks
    assert standing_of(absorbed, vyshnevohirsk, now=LATER).is_member
    assert not standing_of(kept, vyshnevohirsk, now=LATER).is_member
    assert Person.objects.get(pk=absorbed.pk).is_active
    assert isinstance(announced[-1], PeopleParted)
    with pytest.raises(Conflict, match=r"identity\.parted_already"):
        propose_parting(merge.pk, evidence="ще раз", by=officers[0], now=LATER)
    assert merged(kept, absorbed, officers, about | {"now": LATER}).pk != merge.pk


def test_after_the_term_the_second_account_is_gone_and_the_merge_stays(officers, about):
    kept, absorbed = identified_resident(), identified_resident(**PASSPORT)
    merge = merged(kept, absorbed, officers, about)
    late = merge.undo_until
    with pytest.raises(Conflict, match=r"identity\.parting_too_late"):
        propose_parting(merge.pk, evidence="однофамільці", by=officers[0], now=late)
    keep_terms(late)
    assert not VaultRecord.objects.filter(person=absorbed).exists()
    assert VaultRecord.objects.filter(person=kept).exists()
    assert person_known_by(claims_of(**PASSPORT)) == kept


def test_whoever_withdraws_their_consent_takes_the_merged_account_along(officers, about):
    kept, absorbed = identified_resident(), identified_resident(**PASSPORT)
    merged(kept, absorbed, officers, about)
    withdraw_consent(kept, now=LATER)
    assert not VaultRecord.objects.exists()
    assert PersonMerge.objects.get().settled_at == LATER


@pytest.mark.parametrize("is_settled", [False, True], ids=["may be undone", "settled long ago"])
def test_with_the_consent_former_names_and_memberships_of_the_merged_account_go_too(
    vyshnevohirsk, officers, about, is_settled
):
    kept = identified_resident(vyshnevohirsk, since=MARCH_1 - timedelta(days=30))
    known = admit_person(claims_of(**PASSPORT, last_name="Бойко"), consents=True, now=MARCH_1)
    absorbed = admit_person(claims_of(**PASSPORT), consents=False, now=MARCH_1)
    MembershipFact.objects.create(
        person=known, community=vyshnevohirsk, settlement_code="UA1", since=MARCH_1, basis="study", evidence="довідка",
        reference=b"sealed", decided_at=MARCH_1, decided_by=officers[0],
    )  # fmt: skip
    merge = merged(kept, absorbed, officers, about)
    if is_settled:
        keep_terms(merge.undo_until)
    withdraw_consent(kept, now=merge.undo_until)
    assert not FormerName.objects.exists()
    assert not MembershipFact.objects.filter(until__isnull=True).exists()
    assert not MembershipFact.objects.filter(reference__isnull=False).exists()


def test_the_owner_sees_their_former_name_the_merge_and_who_looked_at_either_account(officers, about):
    claims = claims_of(last_name="Коваленко")
    kept = admit_person(claims, consents=True, now=MARCH_1)
    admit_person(claims_of(tax_number=claims.tax_number, last_name="Ткачук"), consents=False, now=MARCH_1)
    absorbed = identified_resident(**PASSPORT)
    vault.read(absorbed, ("email",), purpose=ReadPurpose.MAIL, by=None, now=MARCH_1)
    merged(Person.objects.get(pk=kept.pk), absorbed, officers, about)

    held = {each.code: each for each in held_by_identity(kept)}
    assert "Коваленко" in held["identity.former_names"].words
    [line] = held["identity.merges"].lines()
    assert (line["proposed_by"], line["confirmed_by"]) == tuple(each.display_name for each in officers)
    assert held["identity.proposals"]
    assert {reading.purpose for reading in readings_about(kept)} >= {"mail", "merge"}


def test_a_look_of_the_merged_account_at_itself_is_ones_own(officers, about):
    kept, absorbed = identified_resident(), identified_resident(**PASSPORT)
    vault.read(absorbed, ("phone",), purpose=ReadPurpose.OWNER, by=absorbed, now=MARCH_1)
    merged(kept, absorbed, officers, about)
    assert [each.purpose for each in readings_about(kept, whose=Whose.OWN)] == ["owner"]
    assert {each.purpose for each in readings_about(kept, whose=Whose.STAFF)} == {"merge"}
