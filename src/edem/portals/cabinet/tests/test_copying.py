"""The copy that a person takes away: all of it, theirs alone, logged, and in no address."""

import json
from datetime import timedelta

import pytest

from edem.foundation.documents.testing import pdf_pages
from edem.foundation.identity.models import VaultReading
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.notices.subjects import Kind, Rhythm, Subject
from edem.foundation.notices.subscribing import follow
from edem.portals.cabinet.holdings import everything_held
from edem.portals.cabinet.words import LINE_WORDS
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.tests.factories import PetitionFactory, new_signature

pytestmark = pytest.mark.django_db
TAX, ADDRESS = "3184710691", "вул. Велика Бердичівська, 71, кв. 4"
PATH = "/zhytomyr/cabinet/my-data/copy/"


@pytest.fixture
def me(client, community, now):
    """Somebody of whom every part of the platform holds something."""
    person = identified_resident(community, since=now - timedelta(days=2), tax_number=TAX, address=ADDRESS)
    petition = PetitionFactory(community=community, collecting=True, title="Ліхтарі біля школи")
    add_signatures([new_signature(petition, person_id=person.pk)])
    PetitionFactory(community=community, collecting=True, author=person, title="Мости через річку")
    PetitionFactory(community=community, author=person, title="Моя чернетка")
    follow(person.pk, Subject(Kind.COMMUNITY), community=community, rhythm=Rhythm.DAILY, source="page", now=now)
    client.sign_in(person)
    return person


def test_the_machines_copy_has_everything_that_is_held(me, client):
    answer = client.post(f"{PATH}json/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert "no-store" in answer["Cache-Control"]
    told = json.loads(answer.content)
    assert told["identity"]["fields"]["tax_number"] == TAX
    assert told["identity"]["fields"]["address"] == ADDRESS
    parts = {each["code"]: each for each in told["held"]}
    assert parts["petitions.signatures"]["lines"][0]["petition"] == "Ліхтарі біля школи"
    assert parts["petitions.written"]["lines"][0]["title"] == "Мости через річку"
    assert parts["petitions.drafts"]["lines"][0]["title"] == "Моя чернетка"
    assert parts["notices.followed"]["lines"][0]["rhythm"] == "daily"
    assert parts["identity.readings"]["lines"][0]["purpose"] == "Ви завантажили копію своїх даних"


def test_the_paper_copy_can_be_read(me, client):
    answer = client.post(f"{PATH}pdf/")
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(" ".join(pdf_pages(answer.content)).split())
    for words in (TAX, ADDRESS, "Мої дані на платформі", "Ліхтарі біля школи", "Навіщо:", "Доки:"):
        assert words in text


def test_taking_a_copy_is_itself_in_the_log(me, client):
    client.post(f"{PATH}pdf/")
    client.post(f"{PATH}json/")
    assert [(each.purpose, each.reader_id) for each in VaultReading.objects.order_by("pk")] == [("export", me.pk)] * 2


def test_a_copy_is_asked_for_by_a_button_only_and_is_mine(me, client, community, now):
    assert client.get(f"{PATH}json/").status_code == 405
    assert client.post(f"{PATH}xml/").status_code == 404
    other = identified_resident(community, since=now - timedelta(days=2), address="вул. Чужа, 1")
    client.logout()
    assert client.post(f"{PATH}json/").status_code == 302
    client.sign_in(other)
    answer = client.post(f"{PATH}json/").content.decode()
    assert "вул. Чужа, 1" in answer
    assert TAX not in answer
    assert "Мости через річку" not in answer


def test_whoever_was_never_identified_gets_what_there_is(client, community):
    from edem.foundation.people.tests.factories import PersonFactory

    client.sign_in(PersonFactory())
    assert json.loads(client.post(f"{PATH}json/").content)["identity"] == {"fields": {}}
    assert client.post(f"{PATH}pdf/").status_code == 200


def test_each_part_has_its_words_for_paper(me, now):
    for held in everything_held(me, now=now):
        for line in held.lines():
            assert set(line) <= set(LINE_WORDS), held.code
