"""«Мій профіль»: the name, the communities, the jobs, the ways in and the consents, as a resident sees them."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.identity.consent_text import CLAUSES, EDITIONS, VERSION
from edem.foundation.identity.models import Consent, SignIn
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory

pytestmark = pytest.mark.django_db
HERE = "/zhytomyr/cabinet/profile/"


@pytest.fixture
def me(client, community):
    person = identified_resident(community, since=datetime.now(UTC) - timedelta(days=2))
    client.sign_in(person)
    return person


def page(answer, *, status=200):
    assert answer.status_code == status, answer.content.decode()[:1500]
    return html.unescape(answer.content.decode())


def test_a_visitor_has_no_profile(client, community):
    assert client.get(HERE).status_code == 302


def test_everything_about_me_is_on_one_page(me, client, community):
    GrantFactory(person=me, community=community, role=Role.DEPUTY)
    SignIn.objects.create(person=me, session_key="x", method="bank_id", started_at=datetime.now(UTC))
    SignIn.objects.create(person=me, session_key="y", method="kep_file", started_at=datetime.now(UTC))
    shown = page(client.get(HERE))
    for words in (
        me.display_name, "стаття 23-1", community.name, "за зареєстрованою адресою", "депутат", "BankID",
        "Файл із підписом", "Востаннє", "Ще не користувалися", VERSION, "Діє",
    ):  # fmt: skip
        assert words in shown, words
    for link in ("my-data/", "my-data/readings/", "my-data/correct/", "my-data/erase/", "contacts/"):
        assert f"/zhytomyr/cabinet/{link}" in shown


@pytest.mark.parametrize("place", ["", "notices/", "mailing/", "profile/", "contacts/", "my-data/"])
def test_the_cabinet_s_menu_marks_the_page_where_one_is(me, client, place):
    shown = page(client.get(f"/zhytomyr/cabinet/{place}"))
    menu = shown.partition('aria-label="Кабінет">')[2].partition("</nav>")[0]
    assert re.findall(r'href="([^"]*)" aria-current="page"', menu) == [f"/zhytomyr/cabinet/{place}"]


def test_who_is_from_nowhere_known_is_led_to_what_proves_it(client, community):
    client.sign_in(identified_resident(CommunityFactory(), since=datetime.now(UTC) - timedelta(days=2)))
    assert '<a href="/zhytomyr/sign-in/why/">Чим підтвердити' in page(client.get("/zhytomyr/cabinet/"))


def test_a_role_taken_back_and_one_whose_hours_are_over_are_not_shown(me, client, community):
    GrantFactory(person=me, community=community, role=Role.DEPUTY, ended_at=datetime.now(UTC))
    GrantFactory(person=me, community=community, role=Role.MODERATOR, until=datetime(2026, 1, 1, tzinfo=UTC))
    assert "Мої ролі" not in page(client.get(HERE))


def test_letters_come_in_the_chosen_language(me, client):
    assert client.post(HERE, {"language": "en"})["Location"] == HERE
    me.refresh_from_db()
    assert me.language == "en"
    page(client.post(HERE, {"language": "xx"}), status=422)
    me.refresh_from_db()
    assert me.language == "en"


def test_a_consent_is_shown_with_its_words_given_and_withdrawn(me, client):
    mine = Consent.objects.get(person=me)
    Consent.objects.create(
        person=me, version=VERSION, given_at=mine.given_at - timedelta(days=9), withdrawn_at=mine.given_at
    )
    shown = page(client.get(HERE))
    assert shown.count("Прочитати текст згоди") == 2
    assert "Відкликано" in shown
    words = page(client.get(f"{HERE}consents/{VERSION}/"))
    assert str(CLAUSES[0].question) in words
    assert "відкликано" in words


def test_nobody_reads_a_consent_they_never_gave(me, client):
    Consent.objects.create(person=me, version="1999-01", given_at=datetime.now(UTC))
    assert "1999-01" in page(client.get(HERE))
    page(client.get(f"{HERE}consents/1999-01/"), status=404)
    Consent.objects.all().delete()
    page(client.get(f"{HERE}consents/{VERSION}/"), status=404)


def test_the_edition_in_force_is_among_those_that_are_kept():
    assert EDITIONS[VERSION] is CLAUSES
