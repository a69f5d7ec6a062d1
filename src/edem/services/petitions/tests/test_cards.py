"""Petitions as the homes, the cabinet, the desk and the charter page show them."""

from datetime import timedelta

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.petitions import cards
from edem.services.petitions.actions.drafting import submit_petition
from edem.services.petitions.actions.moderating import publish_petition
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.rules.lifecycle import LIFECYCLE, RESPONSIBLE, State
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory, new_signature, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def march(community):
    """Makes petitions of the community as they stand on 1 March."""

    def make(state=State.COLLECTING, **facts):
        return PetitionFactory(community=community, collecting=True, state=state, **({"reached_at": MARCH_1} | facts))

    return make


def test_the_door_counts_what_collects_at_this_moment(community, march):
    for closes_at in (MARCH_1, MARCH_1 + DAY, MARCH_1 + 2 * DAY):
        march(closes_at=closes_at)
    march(State.ANSWERED)
    PetitionFactory(collecting=True)
    told = cards.door(community, MARCH_1)
    assert (told.number, told.words) == ("2", "петиції збирають підписи")
    assert cards.door(community, MARCH_1 + DAY).words == "петиція збирає підписи"


def test_what_happened_is_told_newest_first_and_once_a_petition(community):
    moderator = staff(community, "moderator")
    petitions = [PetitionFactory(community=community, title=f"Справа номер {n}") for n in range(3)]
    for hours, petition in enumerate(petitions):
        submit_petition(petition.pk, by=petition.author, now=MARCH_1)
        publish_petition(petition.pk, by=moderator, now=MARCH_1 + timedelta(hours=hours))
    later = MARCH_1 + 9 * timedelta(hours=1)
    add_signatures([new_signature(petitions[0], arrived_at=later) for _ in range(10)])

    told = cards.happenings(community, later, 8)
    assert [(each.title, each.state) for each in told] == [
        ("Справа номер 0", "Набрала підписи"),
        ("Справа номер 2", "Триває збір підписів"),
        ("Справа номер 1", "Триває збір підписів"),
    ]
    assert told[0].words == "10 підписів"
    assert len(cards.happenings(community, later, 2)) == 2
    assert cards.happenings(community, MARCH_1 - DAY, 8) == []
    assert cards.happenings(CommunityFactory(), later, 8) == []


def test_what_lacks_the_least_goes_on_now(community, march):
    march(title="Ще далеко", signature_count=1)
    march(title="Майже", signature_count=9)
    march(title="Досить", signature_count=10)
    march(title="Скінчилась", signature_count=8, closes_at=MARCH_1)
    assert [each.title for each in cards.going_on(community, MARCH_1, 3)] == ["Майже", "Ще далеко"]
    assert [each.title for each in cards.going_on(community, MARCH_1, 1)] == ["Майже"]


def test_a_draft_and_what_came_back_wait_for_their_author(community, march):
    author = PersonFactory()
    for state in State:
        march(state, author=author, title=state.value)
    march(State.DRAFT, title="чужа")
    waiting = {each.title: each.words for each in cards.needs_me(author, community, MARCH_1)}
    assert waiting == {
        "draft": "Чернетку ще не надіслано",
        "returned": "Модератор просить виправити петицію",
    }
    assert cards.needs_me(author, CommunityFactory(), MARCH_1) == []


def test_the_cabinet_keeps_what_i_wrote_and_what_i_signed(community, march):
    me = PersonFactory()
    march(author=me, title="Моя")
    signed = march(title="Підписана")
    add_signatures([new_signature(signed, person_id=me.pk), new_signature(signed)])
    written, given = cards.cabinet(me, community, MARCH_1)
    assert [row.title for row in written.rows] == ["Моя"]
    assert [(row.title, row.at, row.words) for row in given.rows] == [("Підписана", MARCH_1, "2 підписи")]
    nothing = cards.cabinet(PersonFactory(), community, MARCH_1)
    assert [mine.rows for mine in nothing] == [[], []]


def test_queues_are_sorted_by_their_clocks_and_hold_their_states_only(community, march):
    for state in State:
        march(state, title=f"{state} пізніше", due_at=MARCH_1 + DAY)
        march(state, title=f"{state} раніше", due_at=MARCH_1 - DAY)
        march(state, title=f"{state} без строку", due_at=None)
    PetitionFactory(collecting=True, state=State.MODERATION)
    for queue in cards.DESK_QUEUES:
        titles = [item.title for item in queue.items(community, MARCH_1)]
        order = [title.split(maxsplit=1)[1] for title in titles]
        third = len(titles) // 3
        assert order == ["раніше"] * third + ["пізніше"] * third + ["без строку"] * third, queue.code


def test_whoever_must_act_has_a_queue_with_what_waits_for_them(community, march):
    for state, roles in RESPONSIBLE.items():
        march(state, title=state.value)
        for role in roles:
            mine = [queue for queue in cards.DESK_QUEUES if role in queue.roles]
            assert any(item.title == state for queue in mine for item in queue.items(community, MARCH_1)), (state, role)
    watched = next(queue for queue in cards.DESK_QUEUES if queue.code == "petitions-clocks")
    assert {item.title for item in watched.items(community, MARCH_1)} == set(RESPONSIBLE)
    assert not any(LIFECYCLE.look(state).final for state in RESPONSIBLE)


def test_a_change_of_the_charter_says_what_it_touches(community, march):
    old, new = PetitionCharter(threshold=10), PetitionCharter(threshold=20)
    assert cards.charter_impact(community, old, new, MARCH_1) == []
    march()
    for state in (State.DRAFT, State.MODERATION, State.RETURNED, State.ANSWERED):
        march(state)
    keep, follow = cards.charter_impact(community, old, new, MARCH_1)
    assert keep == "1 петиція вже збирає підписи й лишається за старими правилами."
    assert follow == "3 петиції ще не оприлюднено: вони збиратимуть підписи за новими правилами."


def test_indicators_count_answers_and_signatures_here_and_everywhere(community, march):
    march(State.ANSWERED, answered_at=MARCH_1, signature_count=5, imported_count=7)
    march(State.MODERATION, signature_count=0)
    PetitionFactory(collecting=True, signature_count=3, answered_at=MARCH_1)
    answers, signatures = cards.INDICATORS
    assert (answers.value(community, MARCH_1), answers.value(None, MARCH_1)) == (1, 2)
    assert (signatures.value(community, MARCH_1), signatures.value(None, MARCH_1)) == (12, 15)
