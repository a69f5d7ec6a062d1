"""Two accounts of one person: each petition counts them once, everybody sees what was taken off, and it can be undone."""

from datetime import timedelta
from uuid import UUID

import pytest

from edem.foundation.events.testing import run_jobs
from edem.foundation.identity.facts import mark_of
from edem.foundation.identity.models import PersonMerge
from edem.foundation.identity.persons.confirming import confirm_proposal
from edem.foundation.identity.persons.merging import propose_merge
from edem.foundation.identity.persons.parting import propose_parting
from edem.foundation.identity.providers.kept_evidence import seal_evidence, unseal_evidence
from edem.foundation.identity.purposes import MarkPurpose
from edem.foundation.identity.tests.factories import identified_resident
from edem.kernel.errors import Conflict
from edem.services.petitions.actions.excluding import propose_return
from edem.services.petitions.actions.merging import Merge, join_signatures
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.actions.withdrawing_signature import withdraw_signature
from edem.services.petitions.models import Exclusion, KepEvidence, MergeTrace, Petition, Signature, SignatureTally
from edem.services.petitions.models.kep import place_of
from edem.services.petitions.queries.exclusions import traces_on
from edem.services.petitions.queries.signatures import counted_on
from edem.services.petitions.rules.exclusions import Ground, Standing
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory, new_signature, staff

pytestmark = pytest.mark.django_db

LATER = MARCH_1 + timedelta(hours=1)


@pytest.fixture
def petition():
    return PetitionFactory(collecting=True, required=100)


@pytest.fixture
def officers(petition):
    return [staff(petition.community, "officer") for _ in range(2)]


@pytest.fixture
def kept(petition):
    return identified_resident(petition.community)


@pytest.fixture
def absorbed():
    return identified_resident(tax_number="", document="СН482915")


def signed(petition, person, *, at=MARCH_1):
    mark = mark_of(person, MarkPurpose.PETITION, now=at, key_version=petition.key_version)
    wished = new_signature(
        petition,
        marks={mark.key_version: mark.value},
        person_id=person.pk,
        public_name=person.display_name,
        arrived_at=at,
    )
    return add_signatures([wished])[wished]


def merged(kept, absorbed, officers, community):
    asked = {"community_id": community.pk, "evidence": "паспорт і картка платника податків", "now": MARCH_1}
    proposal = propose_merge(kept.pk, absorbed.pk, by=officers[0], **asked)
    confirm_proposal(proposal.pk, by=officers[1], now=MARCH_1)
    run_jobs(now=MARCH_1)
    return PersonMerge.objects.get()


def parted(merge, officers):
    proposal = propose_parting(merge.pk, evidence="це двоє однофамільців", by=officers[1], now=LATER)
    confirm_proposal(proposal.pk, by=officers[0], now=LATER)
    run_jobs(now=LATER)


def count_of(petition):
    petition = Petition.objects.get(pk=petition.pk)
    tallied = sum(
        SignatureTally.objects.filter(petition_id=petition.pk).order_by("day").values_list("count", flat=True)
    )
    assert petition.signature_count == counted_on(petition).count() == tallied
    return petition.signature_count


def test_of_two_signatures_of_one_person_the_later_is_taken_off_in_public(petition, kept, absorbed, officers):
    signed(petition, absorbed)
    signed(petition, kept, at=LATER)
    signed(petition, identified_resident(petition.community))
    merged(kept, absorbed, officers, petition.community)

    assert count_of(petition) == 2
    assert not counted_on(petition).filter(person_id=kept.pk).exists()
    trace = traces_on(petition)[0]
    assert (trace.exclusion.ground, trace.exclusion.count) == (Ground.SAME_PERSON, 1)
    assert [step.by for step in trace.exclusion.steps.order_by("pk")] == officers


def test_a_signature_of_the_absorbed_account_is_the_kept_ones_and_there_is_no_second(
    petition, kept, absorbed, officers
):
    signed(petition, absorbed)
    merged(kept, absorbed, officers, petition.community)

    signature = Signature.objects.get()
    assert signature.person_id == kept.pk
    assert bytes(signature.mark) == mark_of(kept, MarkPurpose.PETITION, now=MARCH_1).value
    assert not Exclusion.objects.exists()
    assert signed(petition, kept, at=LATER).refusal.code == "petition.already_signed"
    assert count_of(petition) == 1


def test_a_signature_on_paper_is_found_by_its_mark(petition, kept, absorbed, officers):
    mark = mark_of(absorbed, MarkPurpose.PETITION, now=MARCH_1)
    add_signatures([new_signature(petition, marks={mark.key_version: mark.value}, who="на папері")])
    merged(kept, absorbed, officers, petition.community)
    assert Signature.objects.get().person_id == kept.pk
    assert signed(petition, kept, at=LATER).refusal is not None


def test_a_withdrawn_signature_stays_withdrawn(petition, kept, absorbed, officers):
    signed(petition, absorbed)
    withdraw_signature(petition.pk, by=absorbed, now=MARCH_1)
    merged(kept, absorbed, officers, petition.community)
    assert count_of(petition) == 0
    assert signed(petition, kept, at=LATER).refusal.code == "petition.withdrew_before"


def test_what_is_over_keeps_its_marks_and_its_count(petition, kept, absorbed, officers):
    signed(petition, absorbed)
    signed(petition, kept)
    Petition.objects.update(state=State.FULFILLED)
    before = list(Signature.objects.order_by("ordinal").values_list("mark", flat=True))
    merged(kept, absorbed, officers, petition.community)
    assert list(Signature.objects.order_by("ordinal").values_list("mark", flat=True)) == before
    assert count_of(petition) == 2


def test_the_file_of_a_kep_signature_goes_with_it_and_opens_in_its_new_place(petition, kept, absorbed, officers):
    signed(petition, absorbed)
    mark = bytes(Signature.objects.get().mark)
    KepEvidence.objects.create(
        community_id=petition.community_id, petition_id=petition.pk, mark=mark, person_id=absorbed.pk,
        text_sha256="0" * 64, sealed=seal_evidence(b"signed", place=place_of(petition.pk, mark)),
        sha256="0" * 64, algorithm="ДСТУ 4145", issuer="Надавач", at=MARCH_1,
    )  # fmt: skip
    merged(kept, absorbed, officers, petition.community)
    evidence = KepEvidence.objects.get()
    assert bytes(evidence.mark) == bytes(Signature.objects.get().mark) != mark
    assert unseal_evidence(evidence.sealed, place=place_of(petition.pk, bytes(evidence.mark))) == b"signed"


def test_petitions_of_the_absorbed_account_have_an_author_still(petition, kept, absorbed, officers):
    Petition.objects.update(author=absorbed)
    merge = merged(kept, absorbed, officers, petition.community)
    assert Petition.objects.get().author == kept
    parted(merge, officers)
    assert Petition.objects.get().author == absorbed


def test_a_mistaken_merge_is_undone_to_the_last_signature(petition, kept, absorbed, officers):
    other = PetitionFactory(collecting=True, community=petition.community, required=100)
    signed(petition, absorbed)
    signed(other, absorbed)
    signed(other, kept, at=LATER)
    before = {(row.petition_id, bytes(row.mark), row.person_id) for row in Signature.objects.order_by("ordinal")}
    merge = merged(kept, absorbed, officers, petition.community)
    assert [count_of(petition), count_of(other)] == [1, 1]

    parted(merge, officers)

    after = {(row.petition_id, bytes(row.mark), row.person_id) for row in Signature.objects.order_by("ordinal")}
    assert after == before
    assert [count_of(petition), count_of(other)] == [1, 2]
    assert Exclusion.objects.get().standing == Standing.UNDONE
    assert traces_on(other)[0].return_note
    assert not MergeTrace.objects.exists()
    assert signed(petition, kept, at=LATER).refusal is None


def test_told_twice_it_is_done_once(petition, kept, absorbed, officers):
    signed(petition, absorbed)
    signed(petition, kept, at=LATER)
    merge = merged(kept, absorbed, officers, petition.community)
    again = Merge(
        merge_id=merge.pk, kept_id=kept.pk, absorbed_id=absorbed.pk, proposed_by=UUID(int=1), confirmed_by=UUID(int=2)
    )
    join_signatures(again, now=LATER)
    assert count_of(petition) == 1
    assert Exclusion.objects.count() == 1


def test_officers_of_the_petition_cannot_count_the_double_again(petition, kept, absorbed, officers):
    signed(petition, absorbed)
    signed(petition, kept, at=LATER)
    merged(kept, absorbed, officers, petition.community)
    with pytest.raises(Conflict, match=r"exclusion\.follows_from_merge"):
        propose_return(Exclusion.objects.get().pk, by=officers[0], now=LATER, note="прошу повернути")
