"""«Видалити мої дані»: what goes, what stays and why, in the words of the pages and in the rows."""

import html
from datetime import UTC, datetime, timedelta

import pytest

from edem.foundation.discussions.models import Comment
from edem.foundation.events.testing import run_jobs
from edem.foundation.identity.events import PersonErased
from edem.foundation.identity.forgetting import NAMELESS
from edem.foundation.identity.models import SignIn, VaultReading, VaultRecord
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.notices.models import Subscription
from edem.foundation.notices.subjects import Kind, Rhythm, Subject
from edem.foundation.notices.subscribing import follow
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.models import Petition, Signature
from edem.services.petitions.tests.factories import PetitionFactory, new_signature

pytestmark = pytest.mark.django_db
PATH = "/zhytomyr/cabinet/my-data/erase/"
NAME = "Коваленко Олена Петрівна"


@pytest.fixture
def petition(community):
    return PetitionFactory(community=community, collecting=True, title="Ліхтарі біля школи")


@pytest.fixture
def me(client, community, petition, now):
    person = identified_resident(community, since=now - timedelta(days=2))
    add_signatures([new_signature(petition, person_id=person.pk, public_name=NAME)])
    PetitionFactory(community=community, collecting=True, author=person, author_name=NAME, title="Мости")
    PetitionFactory(community=community, author=person, title="Моя чернетка")
    follow(person.pk, Subject(Kind.COMMUNITY), community=community, rhythm=Rhythm.DAILY, source="page", now=now)
    Comment.objects.create(
        community=community, service="petitions", kind="petition", subject_id=str(petition.pk), title="Ліхтарі",
        path="/", kept_tag="t", author=person, author_name=NAME, text="Підтримую", state="public", at=now,
    )  # fmt: skip
    client.sign_in(person)
    return person


def page(answer):
    assert answer.status_code == 200, answer.content.decode()[:1000]
    return html.unescape(answer.content.decode())


def test_before_it_is_said_what_goes_and_what_stays_and_why(me, client):
    shown = page(client.get(PATH))
    goes, stays = shown.split("Лишиться, і ось чому")
    for words in ("Номери, дата народження, адреса", "Ваші чернетки петицій", "За чим ви стежите", "Ім’я, яке бачать"):
        assert words in goes
    for words in (
        "Ваші підписи під петиціями", "закон велить оприлюднити", "Петиції, які ви створили",
        "Позначки замість номерів", "Слова лишаться без вашого імені",
    ):  # fmt: skip
        assert words in stays
    assert VaultRecord.objects.filter(person=me).exists()


def test_after_it_the_data_are_gone_and_it_is_said_what_stayed(me, client, petition, announced):
    shown = page(client.post(PATH))
    assert "Ваші дані видалено" in shown
    assert "Ваші підписи під петиціями" in shown
    assert NAME not in shown
    assert not VaultRecord.objects.filter(person=me).exists()
    assert not SignIn.objects.filter(person=me).exists()
    me.refresh_from_db()
    assert me.display_name == NAMELESS
    assert [each.person_id for each in announced if isinstance(each, PersonErased)] == [me.pk]
    assert client.get(PATH).status_code == 302


def test_the_rest_goes_within_the_minute_and_what_the_law_made_public_stays(me, client, petition, now):
    client.post(PATH)
    run_jobs(now=datetime.now(UTC))
    assert not Subscription.objects.filter(person_id=me.pk).exists()
    assert not Petition.objects.filter(title="Моя чернетка").exists()
    comment = Comment.objects.get()
    assert (comment.author_name, comment.text) == (NAMELESS, "Підтримую")
    assert Signature.objects.get(petition_id=petition.pk).public_name == NAME
    assert Petition.objects.get(title="Мости").author_name == NAME


def test_what_a_person_does_after_coming_back_is_not_taken_away(me, client, community, petition):
    client.post(PATH)
    later = datetime.now(UTC) + timedelta(seconds=1)
    item = Subject(Kind.ITEM, "petitions", str(petition.pk))
    follow(me.pk, item, community=community, rhythm=Rhythm.WEEKLY, source="page", now=later)
    PetitionFactory(community=community, author=me, title="Нова чернетка", created_at=later)
    run_jobs(now=datetime.now(UTC))
    assert Petition.objects.filter(title="Нова чернетка").exists()
    assert Subscription.objects.get(person_id=me.pk).kind == Kind.ITEM


def test_the_log_of_readings_is_there_when_the_person_comes_back(me, client, community, now):
    client.get("/zhytomyr/cabinet/my-data/")
    client.post(PATH)
    assert VaultReading.objects.filter(person=me).exists()


def test_a_member_of_staff_keeps_the_name_they_act_under(client, community):
    from edem.foundation.identity.forgetting import forget_name
    from edem.foundation.people.tests.factories import PersonFactory

    worker = PersonFactory(staff=True, display_name="Ірина Ґудзь")
    forget_name(worker)
    assert worker.display_name == "Ірина Ґудзь"
