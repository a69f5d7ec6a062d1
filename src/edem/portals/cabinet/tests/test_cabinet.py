"""The resident's cabinet: what is mine, what I was told, what is known of me and who looked."""

import re
from datetime import timedelta

import pytest

from edem.config.testing.pages import reader
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.notices.actions import Mail, send_notice
from edem.foundation.notices.models import MailChoice, Notice
from edem.foundation.notices.topics import choosable_topics
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAGES = ["", "notices/", "mailing/", "my-data/", "my-data/readings/"]


@pytest.fixture
def me(client, community, now):
    person = identified_resident(community, since=now - 2 * DAY)
    client.sign_in(person)
    return person


@pytest.fixture
def read(client):
    return reader(client, "/zhytomyr/cabinet/")


def tell(person, community, now, *, title="Мости", once="1"):
    mail = Mail(
        topic="petitions.mine", template="petitions/mail/answered.html", path="/petitions/1/", once=once,
        facts={"title": title, "decision": "Підтримано"},
    )  # fmt: skip
    send_notice(person.pk, mail, community=community, now=now)


@pytest.mark.parametrize("path", PAGES)
def test_the_cabinet_asks_a_visitor_to_sign_in_and_brings_them_back(client, community, path):
    answer = client.get(f"/zhytomyr/cabinet/{path}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/zhytomyr/sign-in/?next=%2Fzhytomyr%2Fcabinet%2F")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_even_when_there_is_nothing_yet(client, community, path, read):
    client.sign_in(PersonFactory())
    read(path)


def test_the_first_page_shows_what_is_mine_and_what_waits(me, community, read, now):
    PetitionFactory(community=community, author=me, author_name=me.display_name, title="Моя чернетка")
    PetitionFactory(community=community, collecting=True, author=me, title="Моя петиція", state=State.ANSWERED)
    PetitionFactory(community=community, collecting=True, title="Чужа петиція")
    PetitionFactory(author=me, title="Моя деінде")
    home = read()
    for words in ("Моя чернетка", "Чернетку ще не надіслано", "Моя петиція", "З відповіддю"):
        assert words in home
    assert "Ви — з" in home
    for words in ("Чужа петиція", "Моя деінде"):
        assert words not in home


def test_whoever_is_not_a_member_is_told_what_to_do(client, community, read):
    client.sign_in(PersonFactory())
    assert "Підтвердити можна в ЦНАП" in read()


def test_a_worker_who_is_not_a_member_is_led_to_the_desk(client, community, read):
    client.sign_in(staff(community, "moderator"))
    home = read()
    assert "Ви ввійшли як працівник" in home
    assert 'href="/zhytomyr/desk/">Робочий стіл</a>' in home
    assert "Підтвердити можна в ЦНАП" not in home


def test_notices_are_new_until_they_are_read(me, community, read, now):
    tell(me, community, now - DAY, title="Мости")
    tell(me, community, now - DAY, title="Парки", once="2")
    tell(PersonFactory(), community, now - DAY, title="Чуже")
    assert "У вас 2 нові сповіщення" in read()
    first = read("notices/")
    assert first.count(">Нове<") == 2
    assert "«Парки»" in first
    assert "Чуже" not in first
    assert ">Нове<" not in read("notices/")
    assert "нові сповіщення" not in read()
    assert Notice.objects.filter(read_at=None).count() == 1


def test_a_title_in_a_notice_is_text(me, community, client, now):
    tell(me, community, now, title="<script>alert(1)</script>")
    assert "<script>alert" not in client.get("/zhytomyr/cabinet/notices/").content.decode()


@pytest.mark.parametrize("hostile", ["0", "x", "\x00", "9" * 5_000])
def test_no_page_number_breaks_the_cabinet(me, read, hostile):
    for path in ("notices/", "my-data/readings/"):
        read(path, page=hostile)


def test_what_comes_by_mail_is_chosen_and_kept(me, client, read):
    assert ticked(read("mailing/")) == len(choosable_topics())
    chosen = {"topics": ["petitions.mine"], "csrfmiddlewaretoken": "-"}
    assert client.post("/zhytomyr/cabinet/mailing/", chosen)["Location"] == "/zhytomyr/cabinet/mailing/"
    assert {row.topic for row in MailChoice.objects.filter(person_id=me.pk, is_mailed=True)} == {"petitions.mine"}
    assert ticked(read("mailing/")) == 1
    client.post("/zhytomyr/cabinet/mailing/", {"csrfmiddlewaretoken": "-"})
    assert ticked(read("mailing/")) == 0


def ticked(page: str) -> int:
    return page.partition("<body")[2].count(" checked")


def test_an_unknown_topic_is_refused_and_nothing_changes(me, client):
    answer = client.post("/zhytomyr/cabinet/mailing/", {"topics": ["вигадана"]})
    assert answer.status_code == 422
    assert not MailChoice.objects.exists()


def test_my_data_shows_what_is_held_whence_why_and_till_when(me, community, read):
    shown = read("my-data/")
    for words in ("Коваленко", "Позначки замість номерів", community.name, "Навіщо:", "Доки:", "BankID"):
        assert words in shown
    assert re.search(r"Дата народження</th><td>\d{1,2}\s\w+ \d{4}</td>", shown), "a day is told in words"


def test_my_data_are_mine(me, community, client, read, now):
    other = identified_resident(community, since=now - 2 * DAY, last_name="Чужинець")
    assert "Чужинець" not in read("my-data/")
    client.logout()
    client.sign_in(other)
    assert "Чужинець" in read("my-data/")


def test_many_petitions_ask_the_database_as_often_as_few(me, community, client, assert_queries):
    address = "/zhytomyr/cabinet/"
    PetitionFactory(community=community, author=me, collecting=True)
    client.get(address)
    client.get(address)
    with assert_queries(QUERIES):
        client.get(address)
    for _ in range(15):
        PetitionFactory(community=community, author=me, collecting=True)
    with assert_queries(QUERIES):
        client.get(address)


QUERIES = 11
