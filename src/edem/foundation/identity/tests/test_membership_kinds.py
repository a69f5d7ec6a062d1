"""Kinds of proof: what makes one whole, the day it runs out, and the two clerks where the charter wants two."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.tests.factories import CharterVersionFactory
from edem.foundation.files.models import StoredFile
from edem.foundation.files.queries import readable_file
from edem.foundation.identity.actions import withdraw_consent
from edem.foundation.identity.jobs import end_what_ran_out, keep_terms
from edem.foundation.identity.membership.charter import MembershipCharter
from edem.foundation.identity.membership.deciding import decide_membership, end_membership, proof_in, terms_for
from edem.foundation.identity.membership.kinds import KINDS, Kind, Proof, check_proof, months_after
from edem.foundation.identity.membership.scans import scan_for
from edem.foundation.identity.models import MembershipFact, Proposal, VaultReading
from edem.foundation.identity.persons.confirming import confirm_proposal
from edem.foundation.identity.proposals.proposing import decline_proposal
from edem.foundation.identity.queries import standing_of
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import MARCH_1, GrantFactory
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed

CITY = "UA99010000000000010"
TODAY = date(2026, 3, 1)
ALL = tuple(Kind)
PDF = b"%PDF-1.7\nstudy\n%%EOF"

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
proofs = st.builds(
    Proof,
    kind=st.sampled_from(Kind),
    settlement_code=st.just(CITY),
    evidence=st.just("довідка"),
    holds_from=st.none() | days,
    holds_until=st.none() | days,
    reference=st.sampled_from(["", "А-12/3", "12 345"]),
    issuer=st.sampled_from(["", "Управління соцзахисту"]),
)


@given(proofs, st.integers(1, 72), days)
def test_a_proof_that_is_taken_holds_today_and_not_longer_than_the_charter_allows(proof, months, today):
    try:
        check_proof(proof, accepted=ALL, longest_months=months, today=today)
    except Invalid:
        return
    assert proof.holds_from is None or proof.holds_from <= today
    assert proof.holds_until is None or proof.holds_until >= today
    if KINDS[proof.kind].ends:
        assert proof.holds_until is not None
        assert proof.holds_until <= months_after(today, months)
    if KINDS[proof.kind].has_number:
        assert proof.reference
        assert proof.issuer


@given(proofs)
def test_a_proof_waits_for_the_second_clerk_as_it_was(proof):
    assert proof_in(terms_for(proof, None)) == (proof, None)


@given(days, st.integers(1, 100))
def test_months_after_a_day_never_skip_a_month(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": Kind.WORK}, "kind_not_accepted"),
        ({"kind": Kind.IDP}, "proof_without_number"),
        ({"kind": Kind.IDP, "issuer": "УСЗН", "reference": "<b>"}, "proof_number_unreadable"),
        ({"kind": Kind.STUDY, "issuer": "Ліцей", "reference": "1"}, "proof_without_end"),
        ({"holds_from": TODAY + timedelta(days=1)}, "proof_not_yet"),
        ({"holds_until": TODAY - timedelta(days=1)}, "proof_over"),
        ({"kind": Kind.STUDY, "issuer": "Л", "reference": "1", "holds_until": date(2027, 3, 2)}, "proof_too_long"),
        ({"issuer": "паспорт СН482915"}, "evidence_personal"),
    ],
)
def test_what_is_wrong_with_a_proof_is_said(more, code):
    accepted = (Kind.IDP, Kind.STUDY, Kind.OFFICER)
    with pytest.raises(Invalid, match=code):
        check_proof(proof(**more), accepted=accepted, longest_months=12, today=TODAY)


def proof(**more):
    return Proof(**({"settlement_code": CITY, "evidence": "довідка, бачив спеціаліст"} | more))


STUDY = {"kind": Kind.STUDY, "issuer": "Вишневогірський ліцей", "reference": "12/3", "holds_until": date(2026, 6, 30)}


@pytest.fixture
def clerks(vyshnevohirsk):
    return [GrantFactory(role=Role.CLERK, community=vyshnevohirsk).person for _ in range(2)]


def settle(community, **values):
    CharterVersionFactory(community=community, service="membership", values=values)


def decided(person, community, by, *, now=MARCH_1, scan=None, **more):
    return decide_membership(person.pk, community_id=community.pk, proof=proof(**more), by=by, now=now, scan=scan)


@pytest.mark.django_db
def test_a_students_membership_ends_by_itself_after_the_last_day(vyshnevohirsk, clerks):
    settle(vyshnevohirsk, kinds=["study"])
    person = identified_resident()
    decided(person, vyshnevohirsk, clerks[0], **STUDY)
    last, after = datetime(2026, 6, 30, 20, 59, tzinfo=UTC), datetime(2026, 6, 30, 21, 1, tzinfo=UTC)  # Kyiv is UTC+3
    assert standing_of(person, vyshnevohirsk, now=last).basis == "study"
    assert not standing_of(person, vyshnevohirsk, now=after).is_member
    end_what_ran_out(after)
    assert MembershipFact.objects.get().until == MembershipFact.objects.get().holds_until
    assert decided(person, vyshnevohirsk, clerks[0], now=after, **(STUDY | {"holds_until": date(2027, 1, 31)}))


@pytest.mark.django_db
def test_the_day_the_certificate_began_counts_for_the_term_of_membership(vyshnevohirsk, clerks):
    idp = {"kind": Kind.IDP, "issuer": "УСЗН", "reference": "3002-5", "holds_from": date(2025, 9, 1)}
    person = identified_resident()
    decided(person, vyshnevohirsk, clerks[0], **idp)
    assert standing_of(person, vyshnevohirsk, now=MARCH_1).since == datetime(2025, 8, 31, 21, tzinfo=UTC)


@pytest.mark.django_db
def test_where_two_are_wanted_nothing_holds_before_the_second_has_looked(vyshnevohirsk, clerks):
    settle(vyshnevohirsk, kinds=["study", "officer"], two_clerks_for=["study"])
    person = identified_resident()
    waiting = decided(person, vyshnevohirsk, clerks[0], **STUDY)
    assert isinstance(waiting, Proposal)
    assert not standing_of(person, vyshnevohirsk, now=MARCH_1).is_member
    with pytest.raises(Conflict, match=r"identity\.proposed_already"):
        decided(person, vyshnevohirsk, clerks[1], **STUDY)
    with pytest.raises(NotAllowed, match=r"identity\.own_proposal"):
        confirm_proposal(waiting.pk, by=clerks[0], now=MARCH_1)
    confirm_proposal(waiting.pk, by=clerks[1], now=MARCH_1)
    fact = MembershipFact.objects.get()
    assert (fact.decided_by, fact.confirmed_by) == (clerks[0], clerks[1])
    assert standing_of(person, vyshnevohirsk, now=MARCH_1).is_member
    assert not bytes(Proposal.objects.get().terms)
    with pytest.raises(Conflict, match=r"identity\.already_decided"):
        confirm_proposal(waiting.pk, by=clerks[1], now=MARCH_1)
    acts = AuditEntry.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["identity.propose_membership", "identity.confirm_membership"]


@pytest.mark.django_db
def test_a_declined_proposal_says_why_and_changes_nothing(vyshnevohirsk, clerks):
    settle(vyshnevohirsk, kinds=["officer"], two_clerks_for=["officer"])
    person = identified_resident()
    waiting = decided(person, vyshnevohirsk, clerks[0])
    with pytest.raises(Invalid, match=r"identity\.note_required"):
        decline_proposal(waiting.pk, by=clerks[1], note=" ", now=MARCH_1)
    decline_proposal(waiting.pk, by=clerks[1], note="немає печатки", now=MARCH_1)
    assert not MembershipFact.objects.exists()
    assert decided(person, vyshnevohirsk, clerks[0]).standing == "waiting"


@pytest.mark.django_db
def test_the_scan_of_what_was_declined_or_of_whoever_withdrew_their_consent_goes_at_once(
    vyshnevohirsk, clerks, django_capture_on_commit_callbacks
):
    settle(vyshnevohirsk, kinds=["study"], two_clerks_for=["study"])
    people = [identified_resident(), identified_resident()]
    waiting = [
        decided(person, vyshnevohirsk, clerks[0], scan=SimpleUploadedFile("скан.pdf", PDF), **STUDY)
        for person in people
    ]
    places = list(StoredFile.objects.order_by("pk").values_list("place", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        decline_proposal(waiting[0].pk, by=clerks[1], note="немає печатки", now=MARCH_1)
    assert StoredFile.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(people[1], now=MARCH_1)
    assert not StoredFile.objects.exists()
    assert not any(default_storage.exists(place) for place in places)


@pytest.mark.django_db
def test_the_number_of_a_proof_and_its_scan_are_nobodys_to_read_and_go_in_their_time(vyshnevohirsk, clerks, tmp_path):
    settle(vyshnevohirsk, kinds=["study"], scan_months=1)
    scan = SimpleUploadedFile("скан.pdf", PDF)
    fact = decided(identified_resident(), vyshnevohirsk, clerks[0], scan=scan, **STUDY)
    fact.refresh_from_db()
    assert b"12/3" not in bytes(fact.reference)

    for reader in (clerks[0], GrantFactory(role=Role.MODERATOR, community=vyshnevohirsk).person):
        with pytest.raises(Missing):
            readable_file(fact.scan_id, community_id=vyshnevohirsk.pk, reader=reader)
    moderator = GrantFactory(role=Role.MODERATOR, community=vyshnevohirsk).person
    with pytest.raises(NotAllowed):
        scan_for(fact.pk, community_id=vyshnevohirsk.pk, by=moderator, now=MARCH_1)
    seen = scan_for(fact.pk, community_id=vyshnevohirsk.pk, by=clerks[1], now=MARCH_1)
    assert b"study" in seen.content
    assert VaultReading.objects.get(purpose="scan").reader == clerks[1]

    keep_terms(MARCH_1 + timedelta(days=33))
    assert not StoredFile.objects.exists()
    assert MembershipFact.objects.get().scan is None


@pytest.mark.django_db
def test_with_the_consent_the_scan_and_number_of_what_was_decided_go_and_nobody_else_s(
    vyshnevohirsk, clerks, django_capture_on_commit_callbacks
):
    settle(vyshnevohirsk, kinds=["study"])
    people = [identified_resident(), identified_resident()]
    for person in people:
        decided(person, vyshnevohirsk, clerks[0], scan=SimpleUploadedFile("скан.pdf", PDF), **STUDY)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(people[0], now=MARCH_1)
    gone, kept = (MembershipFact.objects.get(person=person) for person in people)
    assert (gone.scan, gone.scan_until, gone.reference) == (None, None, None)
    assert (kept.scan, kept.until) == (StoredFile.objects.get(), None)
    assert bytes(kept.reference)


@pytest.mark.django_db
def test_an_ended_membership_may_be_decided_anew(vyshnevohirsk, clerks):
    person = identified_resident()
    fact = decided(person, vyshnevohirsk, clerks[0])
    end_membership(fact.pk, by=clerks[0], now=MARCH_1 + timedelta(days=1))
    assert decided(person, vyshnevohirsk, clerks[1], now=MARCH_1 + timedelta(days=2)).until is None


def test_the_charter_is_careful_where_the_council_is_silent():
    charter = MembershipCharter()
    assert Kind.STUDY not in charter.kinds
    assert not charter.asks_register
    assert charter.slip_days < 8
