"""Who is written to when something happens to a petition, and what the letters say."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.foundation.events.testing import run_jobs
from edem.foundation.notices.actions import choose_topic
from edem.foundation.notices.facts import packed
from edem.foundation.notices.letters import letter_of
from edem.foundation.notices.models import News, Notice, Subscription
from edem.foundation.notices.queries import is_wanted
from edem.foundation.notices.subjects import Kind, Subject
from edem.foundation.people.models import RoleGrant
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.petitions import reactions
from edem.services.petitions.actions.following import follow
from edem.services.petitions.events import (
    ConsiderationAnnounced,
    FulfilmentMoved,
    MilestonePassed,
    PetitionAnswered,
    PetitionFellShort,
    PetitionHandedOver,
    PetitionPublished,
    PetitionReached,
    PetitionRejected,
    PetitionReturned,
    PetitionSubmitted,
    PetitionWithdrawn,
)
from edem.services.petitions.queries.mails import facts_of
from edem.services.petitions.rules.grounds import Ground
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.places import Place, kept
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory, staff

pytestmark = pytest.mark.django_db

MAILS = Path(reactions.__file__).parent / "templates/petitions/mail"
TEMPLATES = sorted(path.stem for path in MAILS.glob("*.html"))
STAFF_ROLES = ("moderator", "officer", "mayor", "control_body", "auditor", "community_admin", "cnap_clerk")


@pytest.fixture
def petition():
    return PetitionFactory(collecting=True, reached_at=MARCH_1, answered_at=MARCH_1, due_at=MARCH_1)


@pytest.fixture
def people(petition):
    """Everybody who could be written to, by the name of what they are to the petition."""
    follower = PersonFactory()
    follow(petition, by=follower, now=MARCH_1)
    follow(petition, by=petition.author, now=MARCH_1)
    elsewhere = staff(PetitionFactory().community, *STAFF_ROLES)
    roles = {role: staff(petition.community, role) for role in STAFF_ROLES}
    return {"author": petition.author, "follower": follower, "elsewhere": elsewhere, **roles}


def told(people):
    """(who, template) of every notice."""
    names = {person.pk: name for name, person in people.items()}
    rows = Notice.objects.order_by("created_at", "id").values_list("person_id", "template")
    return sorted((names[person], Path(template).stem) for person, template in rows)


BOTH = ("author", "follower")
CASES = [
    (PetitionSubmitted, State.MODERATION, {}, [("moderator", "submitted")]),
    (PetitionReturned, State.RETURNED, {}, [("author", "returned")]),
    (PetitionRejected, State.REJECTED, {}, [("author", "rejected")]),
    (PetitionPublished, State.COLLECTING, {"closes_at": MARCH_1}, [("author", "published"), ("follower", "new")]),
    (PetitionWithdrawn, State.WITHDRAWN, {}, [("author", "withdrawn")]),
    (MilestonePassed, State.COLLECTING, {"percent": 25}, [("author", "milestone")]),
    (PetitionReached, State.REACHED, {}, [*((who, "reached") for who in BOTH), ("officer", "to_hand_over")]),
    (PetitionHandedOver, State.HANDED_OVER, {}, [
        *((who, "handed_over") for who in BOTH), ("mayor", "to_consider"), ("officer", "to_consider")]),
    (ConsiderationAnnounced, State.CONSIDERATION, {}, [(who, "announced") for who in BOTH]),
    (PetitionFellShort, State.APPEAL, {}, [
        *((who, "fell_short") for who in BOTH), ("mayor", "to_answer"), ("officer", "to_answer")]),
    (PetitionAnswered, State.ANSWERED, {}, [(who, "answered") for who in BOTH]),
    (FulfilmentMoved, State.FULFILLED, {"state": "fulfilled"}, [(who, "fulfilment") for who in BOTH]),
]  # fmt: skip


def react(event, now=MARCH_1):
    """Deliver the event to every reader that petitions have for it."""
    for reader in (getattr(reactions, name) for name in vars(reactions) if name.startswith("tell_")):
        if getattr(reader, "__annotations__", {}).get("event") is type(event):
            reader(event, now)


@pytest.mark.parametrize(("kind", "state", "facts", "wanted"), CASES, ids=[case[0].__name__ for case in CASES])
def test_each_event_is_told_to_whom_it_concerns_and_once(petition, people, kind, state, facts, wanted):
    petition.state = state
    petition.save()
    event = kind(petition_id=petition.pk, **facts)
    react(event)
    assert told(people) == sorted(wanted)
    react(event, now=MARCH_1 + timedelta(hours=1))
    assert told(people) == sorted(wanted)


def test_each_quarter_is_told_by_itself(petition, people):
    for percent in (25, 50, 75, 50):
        react(MilestonePassed(petition_id=petition.pk, percent=percent))
    assert told(people) == [("author", "milestone")] * 3


def test_an_author_who_wants_no_milestones_still_hears_of_the_answer(petition):
    choose_topic(petition.author_id, "petitions.milestones", is_mailed=False, now=MARCH_1)
    react(MilestonePassed(petition_id=petition.pk, percent=50))
    react(PetitionAnswered(petition_id=petition.pk))
    wanted = {Path(notice.template).stem: is_wanted(notice) for notice in Notice.objects.order_by("id")}
    assert wanted == {"milestone": False, "answered": True}


def test_whoever_follows_the_topic_hears_of_what_matters_to_everyone(petition):
    reader = PersonFactory()
    Subscription.objects.create(
        community=petition.community, person_id=reader.pk, kind="topic", service="petitions", key=petition.category,
        since=MARCH_1, source="page",
    )  # fmt: skip
    for event in (
        PetitionPublished(petition_id=petition.pk, closes_at=MARCH_1),
        PetitionHandedOver(petition_id=petition.pk),
        PetitionAnswered(petition_id=petition.pk),
    ):
        react(event)
    told_of = Notice.objects.filter(person_id=reader.pk).order_by("id").values_list("template", flat=True)
    assert sorted(told_of) == ["petitions/mail/answered.html", "petitions/mail/new.html"]


@pytest.mark.parametrize("rhythm", ["immediate", "daily"])
def test_whoever_follows_any_of_its_settlements_hears_of_it_once(petition, rhythm):
    first, second, elsewhere = "UA18040190010000001", "UA18040190010000002", "UA18040190010000003"
    petition.settlement_code = first
    petition.further_places = [kept(Place(settlement_code=code, words="Садова")) for code in (second, second)]
    petition.save()
    readers = {code: PersonFactory() for code in (first, second, elsewhere)}
    for code, reader in readers.items():
        Subscription.objects.create(
            community=petition.community, person_id=reader.pk, kind="settlement", key=code, since=MARCH_1,
            source="page", rhythm=rhythm,
        )  # fmt: skip
    react(PetitionPublished(petition_id=petition.pk, closes_at=MARCH_1))
    line = News.objects.get().line
    heard = [code for code in readers if Subject(Kind.SETTLEMENT, "", code) in line.about.subjects]
    assert heard == [first, second]
    letters = [Notice.objects.filter(person_id=reader.pk).count() for reader in readers.values()]
    assert letters == ([1, 1, 0] if rhythm == "immediate" else [0, 0, 0])


def test_a_petition_sent_again_is_told_again(petition, people):
    for hours in (0, 5):
        at = MARCH_1 + timedelta(hours=hours)
        petition.state, petition.submitted_at, petition.due_at = State.MODERATION, at, at + timedelta(days=2)
        petition.save()
        react(PetitionSubmitted(petition_id=petition.pk), now=at)
    assert told(people) == [("moderator", "submitted")] * 2


def test_staff_are_not_called_to_what_is_done_already(petition, people):
    petition.state = State.COLLECTING
    petition.save()
    react(PetitionSubmitted(petition_id=petition.pk))
    assert told(people) == []


def test_whoever_left_the_job_is_no_longer_written_to(petition, people):
    RoleGrant.objects.filter(person=people["moderator"]).update(ended_at=MARCH_1)
    petition.state = State.MODERATION
    petition.save()
    react(PetitionSubmitted(petition_id=petition.pk))
    assert told(people) == []


def test_a_petition_without_an_author_here_still_tells_its_followers(petition, people):
    petition.author = None
    petition.save()
    react(PetitionAnswered(petition_id=petition.pk))
    assert sorted(told(people)) == [("author", "answered"), ("follower", "answered")]


def test_what_is_gone_is_told_to_nobody(people):
    react(PetitionAnswered(petition_id=10**12))
    assert told(people) == []


def test_an_announced_event_reaches_its_readers_through_the_jobs(petition, people):
    petition.state = State.ANSWERED
    petition.save()
    with transaction.atomic():
        announce(PetitionAnswered(petition_id=petition.pk))
    run_jobs(now=MARCH_1)
    assert told(people) == [("author", "answered"), ("follower", "answered")]


SUBJECTS = {
    "uk": {
        "corrected": "Виправлення прийнято: «Мости»", "news": "Новина про петицію: «Мости»",
        "text_refused": "Вашу новину приховано: «Мости»", "to_read": "Новий текст на перевірку: «Мости»",
        "announced": "Розгляд розпочато: «Мости»", "answered": "Є відповідь на петицію: «Мости»",
        "fell_short": "Збір підписів завершено: «Мости»", "fulfilment": "Триває збір підписів: «Мости»",
        "handed_over": "Петицію передано голові: «Мости»", "milestone": "25 % підписів зібрано: «Мости»",
        "new": "Нова петиція: «Мости»", "draft_gone": "Чернетку вилучено: «Мости»",
        "draft_soon_gone": "Чернетку буде вилучено: «Мости»",
        "overdue": "Прострочено: петиція № 41", "published": "Петицію оприлюднено: «Мости»",
        "reached": "Петиція набрала підписи: «Мости»", "rejected": "Петицію № 41 відхилено",
        "reminder": "Строк спливає: петиція № 41", "returned": "Виправте петицію: «Мости»",
        "submitted": "Нова петиція на перевірку: № 41", "to_answer": "Дайте відповідь на звернення: петиція № 41",
        "to_consider": "Оголосіть розгляд петиції № 41", "to_hand_over": "Передайте голові петицію № 41",
        "withdrawn": "Петицію № 41 відкликано", "text_hidden": "Текст петиції № 41 приховано",
        "text_shown": "Текст петиції № 41 знову видно", "sheet_to_confirm": "Підписний лист № 41 чекає на другого працівника",
    },
}  # fmt: skip


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_letter_is_written_in_ukrainian_and_in_english(petition, template):
    petition.number, petition.title, petition.ground, petition.decision = 41, "Мости", Ground.DUPLICATE, "partly"
    petition.responsible_body = "ЖКГ"
    notice = Notice(
        community=petition.community, person_id=petition.author_id, topic="petitions.mine", path="/petitions/1/",
        template=f"petitions/mail/{template}.html",
        facts=packed(facts_of(petition) | {"percent": 25, "text": "Так.", "kind": "update", "goes_at": MARCH_1}
                     | {"why": "Чужі персональні дані", "sheet": 41}),
    )  # fmt: skip
    letters = {}
    for notice.language in ("uk", "en"):
        letters[notice.language] = letter_of(notice)
    uk, en = letters["uk"], letters["en"]
    assert uk.subject == SUBJECTS["uk"][template]
    assert en.subject != uk.subject
    assert "Мости" in en.subject or "41" in en.subject
    for letter in (uk, en):
        assert "None" not in letter.text
        assert "/petitions/1/" in letter.text
        assert ("Мости" in letter.text) == (template != "text_hidden")


def test_a_title_in_a_letter_is_text(petition):
    petition.title = "<script>alert(1)</script> & «лапки»"
    notice = Notice(
        community=petition.community, person_id=petition.author_id, topic="petitions.mine", path="/petitions/1/",
        template="petitions/mail/answered.html", facts=packed(facts_of(petition)), language="uk",
    )  # fmt: skip
    letter = letter_of(notice)
    assert "<script>" not in letter.html
    assert letter.subject == "Є відповідь на петицію: «<script>alert(1)</script> & «лапки»»"


def test_every_template_has_its_letter():
    assert set(TEMPLATES) == set(SUBJECTS["uk"])
