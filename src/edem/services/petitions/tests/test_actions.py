"""What people do with petitions, on the real database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.tests.factories import CharterVersionFactory
from edem.foundation.events.testing import announced as announced_since_now
from edem.foundation.intake.acts import take_one
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.services.petitions.actions.closing import close_petition
from edem.services.petitions.actions.considering import (
    Answer,
    announce_consideration,
    answer_petition,
    hand_over,
)
from edem.services.petitions.actions.drafting import Draft, edit_draft, start_draft, submit_petition, withdraw_petition
from edem.services.petitions.actions.fulfilling import start_fulfilment
from edem.services.petitions.actions.moderating import publish_petition, reject_petition, return_petition
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.events import MilestonePassed, PetitionFellShort, PetitionReached
from edem.services.petitions.models import Petition, Signature
from edem.services.petitions.rules.collecting import Signer
from edem.services.petitions.rules.fulfilment import NewStage
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.text import Text
from edem.services.petitions.tests.factories import ESSENCE, MARCH_1, PetitionFactory, new_signature, staff

pytestmark = pytest.mark.django_db

DRAFT = Draft(
    text=Text(title="Освітити стежку до школи № 7", essence=ESSENCE, demand="Встановити ліхтарі."),
    category="Благоустрій",
)


@pytest.fixture
def announced():
    return announced_since_now()


def facts_of(kind, announced):
    return [fact for fact in announced if isinstance(fact, kind)]


def test_a_petition_goes_from_draft_to_published_answer():
    petition = PetitionFactory()
    community, author = petition.community, petition.author
    moderator, officer, mayor = staff(community, "moderator"), staff(community, "officer"), staff(community, "mayor")

    submit_petition(petition.pk, by=author, now=MARCH_1)
    publish_petition(petition.pk, by=moderator, now=MARCH_1)
    add_signatures([new_signature(petition, arrived_at=MARCH_1 + timedelta(hours=1)) for _ in range(10)])
    hand_over(petition.pk, by=officer, now=MARCH_1 + timedelta(days=1))
    announce_consideration(petition.pk, by=mayor, now=MARCH_1 + timedelta(days=2))
    answer_petition(
        petition.pk,
        Answer(decision="supported", text="Встановимо до жовтня."),
        by=mayor,
        now=MARCH_1 + timedelta(days=9),
    )

    petition.refresh_from_db()
    assert petition.state == State.ANSWERED
    assert petition.number == 1
    assert petition.signature_count == 10
    assert [step.to_state for step in petition.steps.order_by("pk")] == [
        "moderation",
        "collecting",
        "reached",
        "handed_over",
        "consideration",
        "answered",
    ]
    assert AuditEntry.objects.filter(subject_id=str(petition.pk)).count() == 4


def test_nobody_signs_twice():
    petition = PetitionFactory(collecting=True)
    add_signatures([new_signature(petition, who="Ольга")])

    with pytest.raises(Conflict, match=r"petition\.already_signed"):
        take_one(add_signatures, new_signature(petition, who="Ольга", arrived_at=MARCH_1 + timedelta(seconds=1)))

    assert Signature.objects.count() == 1
    assert Petition.objects.get(pk=petition.pk).signature_count == 1


def test_one_person_twice_in_a_batch_counts_once():
    petition = PetitionFactory(collecting=True)
    first = new_signature(petition, who="Ольга")
    second = new_signature(petition, who="Ольга", arrived_at=MARCH_1 + timedelta(milliseconds=1))

    told = add_signatures([first, second])

    assert told[first].refusal is None
    assert told[second].refusal.code == "petition.already_signed"
    assert Petition.objects.get(pk=petition.pk).signature_count == 1


def test_the_last_needed_signature_announces_the_threshold(announced):
    petition = PetitionFactory(one_signature_short=True)
    add_signatures([new_signature(petition)])
    add_signatures([new_signature(petition)])

    assert facts_of(PetitionReached, announced) == [PetitionReached(petition_id=petition.pk)]
    petition.refresh_from_db()
    assert petition.state == State.REACHED
    assert petition.reached_at == MARCH_1


def test_a_batch_that_passes_quarters_says_each_once(announced):
    petition = PetitionFactory(collecting=True, required=8)
    add_signatures([new_signature(petition) for _ in range(4)])
    assert [fact.percent for fact in facts_of(MilestonePassed, announced)] == [25, 50]


def test_one_refusal_in_a_batch_refuses_nobody_else():
    petition = PetitionFactory(collecting=True)
    stranger = new_signature(petition, signer=Signer(is_member=False, age=30, assurance="bank_id"))
    neighbour = new_signature(petition)
    late = new_signature(petition, arrived_at=petition.closes_at)
    nowhere = new_signature(petition, petition_id=10**12)

    told = add_signatures([stranger, neighbour, late, nowhere])

    assert told[neighbour].refusal is None
    codes = [told[each].refusal.code for each in (stranger, late, nowhere)]
    assert codes == ["petition.not_a_member", "petition.closed", "petition.missing"]


def test_a_petition_of_another_community_cannot_be_signed_from_here():
    petition = PetitionFactory(collecting=True)
    elsewhere = PetitionFactory(collecting=True).community_id
    with pytest.raises(Missing):
        take_one(add_signatures, new_signature(petition, community_id=elsewhere))


def test_signing_goes_on_after_the_threshold_till_the_answer():
    petition = PetitionFactory(one_signature_short=True)
    add_signatures([new_signature(petition)])
    add_signatures([new_signature(petition)])
    assert Petition.objects.get(pk=petition.pk).signature_count == 2


def test_one_that_falls_short_becomes_an_appeal_at_the_stroke_of_its_term(announced):
    petition = PetitionFactory(collecting=True)
    close_petition(petition.pk, now=petition.closes_at - timedelta(seconds=1))
    assert Petition.objects.get(pk=petition.pk).state == State.COLLECTING

    close_petition(petition.pk, now=petition.closes_at + timedelta(hours=3))

    closes_at = petition.closes_at
    petition.refresh_from_db()
    assert petition.state == State.APPEAL
    assert {step.at for step in petition.steps.order_by("pk")} == {closes_at}
    assert petition.due_at > closes_at + timedelta(days=27)
    assert facts_of(PetitionFellShort, announced) == [PetitionFellShort(petition_id=petition.pk)]


def test_an_author_has_as_many_open_petitions_as_the_charter_lets():
    petition = PetitionFactory()
    for _ in range(3):
        PetitionFactory(community=petition.community, author=petition.author, charter=petition.charter, collecting=True)
    with pytest.raises(Conflict, match=r"petition\.too_many_open"):
        submit_petition(petition.pk, by=petition.author, now=MARCH_1)


def test_numbers_are_given_in_order_and_kept_when_a_petition_comes_back():
    first = PetitionFactory()
    second = PetitionFactory(community=first.community, charter=first.charter)
    moderator = staff(first.community, "moderator")
    submit_petition(first.pk, by=first.author, now=MARCH_1)
    return_petition(first.pk, by=moderator, now=MARCH_1, note="Додайте вулицю.")
    submit_petition(second.pk, by=second.author, now=MARCH_1)
    submit_petition(first.pk, by=first.author, now=MARCH_1)
    assert sorted(Petition.objects.order_by("pk").values_list("pk", "number")) == [(first.pk, 1), (second.pk, 2)]


def test_a_refusal_needs_a_ground_and_a_reason():
    petition = PetitionFactory(waiting=True)
    moderator = staff(petition.community, "moderator")
    with pytest.raises(Invalid, match=r"lifecycle\.note_required"):
        reject_petition(petition.pk, by=moderator, now=MARCH_1, ground="duplicate", note=" ")
    with pytest.raises(Invalid, match=r"petition\.unknown_ground"):
        reject_petition(petition.pk, by=moderator, now=MARCH_1, ground="не подобається", note="Бо так.")
    reject_petition(petition.pk, by=moderator, now=MARCH_1, ground="duplicate", note="Є № 12.")
    assert Petition.objects.get(pk=petition.pk).state == State.REJECTED


def test_only_a_moderator_of_this_community_publishes():
    petition = PetitionFactory(waiting=True)
    for outsider in (
        petition.author,
        staff(petition.community, "officer"),
        staff(PetitionFactory().community, "moderator"),
    ):
        with pytest.raises(NotAllowed):
            publish_petition(petition.pk, by=outsider, now=MARCH_1)


def test_the_author_may_not_take_back_what_others_signed():
    petition = PetitionFactory(collecting=True)
    add_signatures([new_signature(petition)])
    with pytest.raises(Conflict, match=r"petition\.has_signatures"):
        withdraw_petition(petition.pk, by=petition.author, now=MARCH_1)


def test_a_draft_is_edited_by_its_author_alone():
    petition = PetitionFactory()
    edit_draft(petition.pk, DRAFT, by=petition.author, now=MARCH_1)
    assert Petition.objects.get(pk=petition.pk).title == "Освітити стежку до школи № 7"
    with pytest.raises(NotAllowed):
        edit_draft(petition.pk, DRAFT, by=PersonFactory(), now=MARCH_1)


def test_a_draft_starts_under_the_charter_in_force():
    known = PetitionFactory()
    petition_id = start_draft(known.community, DRAFT, by=known.author, now=MARCH_1)
    assert Petition.objects.get(pk=petition_id).charter == known.charter


def test_the_days_to_announce_run_from_the_threshold_however_late_it_was_handed_over():
    due = []
    for days in (0, 5):
        petition = PetitionFactory(collecting=True, state=State.REACHED, reached_at=MARCH_1)
        officer = staff(petition.community, "officer")
        hand_over(petition.pk, by=officer, now=MARCH_1 + timedelta(days=days))
        due.append(Petition.objects.get(pk=petition.pk).due_at)
    assert due[0] == due[1]


def test_an_answer_decides_in_one_of_the_known_ways():
    petition = PetitionFactory(collecting=True, state=State.CONSIDERATION)
    with pytest.raises(Invalid, match=r"petition\.unknown_decision"):
        answer_petition(
            petition.pk, Answer(decision="може", text="Так."), by=staff(petition.community, "mayor"), now=MARCH_1
        )


def test_a_petition_is_published_under_the_charter_of_that_day():
    petition = PetitionFactory(waiting=True)
    newer = CharterVersionFactory(
        community=petition.community, version=2, in_force_from=MARCH_1 - timedelta(days=1), values={"threshold": 33}
    )
    publish_petition(petition.pk, by=staff(petition.community, "moderator"), now=MARCH_1)
    petition.refresh_from_db()
    assert (petition.charter, petition.required) == (newer, 33)


def test_a_draft_has_one_of_the_charters_topics():
    petition = PetitionFactory()
    with pytest.raises(Invalid, match=r"petition\.unknown_category"):
        edit_draft(petition.pk, replace(DRAFT, category="Магія"), by=petition.author, now=MARCH_1)


def test_only_what_was_supported_is_carried_out():
    petition = PetitionFactory(collecting=True, state=State.ANSWERED, decision="declined")
    officer = staff(petition.community, "officer")
    first = NewStage(title="Ліхтарі", body="ЖКГ", due_at=MARCH_1 + timedelta(days=9))
    with pytest.raises(Conflict, match=r"petition\.not_to_be_carried_out"):
        start_fulfilment(petition.pk, first, by=officer, now=MARCH_1, note="Так.")
