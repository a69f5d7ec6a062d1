"""«Хто і навіщо дивився мої дані»: who, in what capacity, when, about what; staff acts are there too."""

import html
from datetime import date, timedelta

import pytest

from edem.foundation.communities.models import Organisation
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.identity import vault
from edem.foundation.identity.cnap.registering import Shown, find_person, register_person
from edem.foundation.identity.models import VaultReading
from edem.foundation.identity.persons.naming import FullName
from edem.foundation.identity.purposes import About, ReadPurpose
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory, PersonFactory
from edem.kernel.errors import Conflict
from edem.services.petitions.tests.factories import PetitionFactory, charter_of_community

pytestmark = pytest.mark.django_db
TAX = "3184710691"
PATH = "/zhytomyr/cabinet/my-data/readings/"
QUERIES = 6


@pytest.fixture
def community(db):
    community = CommunityFactory(slug="zhytomyr", council_name="Житомирська міська рада")
    charter_of_community(community)
    return community


@pytest.fixture
def me(client, community, now):
    person = identified_resident(community, since=now - timedelta(days=2), tax_number=TAX)
    client.sign_in(person)
    return person


@pytest.fixture
def clerk(community):
    organisation = Organisation.objects.create(
        community=community, name="ЦНАП Житомира", kind=Organisation.Kind.DEPARTMENT
    )
    clerk = PersonFactory(staff=True, display_name="Марія Лозова")
    GrantFactory(person=clerk, community=community, organisation=organisation, role=Role.CLERK)
    return clerk


@pytest.fixture
def read(client):
    def read(**query):
        answer = client.get(PATH, query)
        assert answer.status_code == 200, answer.content.decode()[:1000]
        return html.unescape(answer.content.decode())

    return read


def look(person, clerk, community, now, **more):
    about = About(community_id=community.pk)
    given = {"purpose": ReadPurpose.MEMBERSHIP, "by": clerk, "now": now, "about": about}
    vault.read(person, ("last_name", "address"), **(given | more))


def test_a_look_by_staff_says_who_in_what_capacity_why_and_about_what(me, clerk, community, read, now):
    petition = PetitionFactory(community=community, collecting=True)
    about = About(kind="petitions.petition", number="74", community_id=community.pk, path=f"/petitions/{petition.pk}/")
    look(me, clerk, community, now, about=about, reason="Довідка подана особисто.")
    shown = read()
    for words in (
        "Марія Лозова", "Адміністратор ЦНАП, ЦНАП Житомира", "Щоб визначити вашу громаду", "Петиція 74",
        "Відкрито: Прізвище, Адреса.", "Довідка подана особисто.", f"/zhytomyr/petitions/{petition.pk}/",
    ):  # fmt: skip
        assert words in shown


def test_a_clerk_who_finds_a_person_by_document_is_in_that_persons_log(me, clerk, community, read, now):
    assert find_person(TAX, community_id=community.pk, by=clerk, now=now) == me
    shown = read()
    for words in ("Марія Лозова", "Щоб знайти вас за документом", "Самих даних не відкрито"):
        assert words in shown
    assert TAX not in shown


def test_a_clerk_who_learns_by_trying_to_register_that_a_person_is_known_is_in_the_log_too(
    me, clerk, community, read, now
):
    name = FullName(last_name="Хтось", given_name="Інший")
    shown = Shown(name=name, number=TAX, born_on=date(1899, 12, 31) + timedelta(int(TAX[:5])))
    with pytest.raises(Conflict, match=r"identity\.registered_already"):
        register_person(shown, community_id=community.pk, by=clerk, now=now)
    seen = read()
    for words in ("Марія Лозова", "Щоб знайти вас за документом", "Самих даних не відкрито"):
        assert words in seen


def test_the_role_stays_as_it_was_on_the_day(me, clerk, community, read, now):
    look(me, clerk, community, now)
    clerk.grants.update(ended_at=now)
    assert "Адміністратор ЦНАП" in read()


def test_each_filter_shows_its_own(me, clerk, community, read, now):
    look(me, clerk, community, now)
    vault.read(me, ("email",), purpose=ReadPurpose.MAIL, by=None, now=now)
    vault.read(me, ("email",), purpose=ReadPurpose.OWNER, by=me, now=now)
    clerks, platforms, own = "Марія Лозова", "Платформа, без участі людини", "Ви самі переглянули"
    for whose, there, away in (
        ("staff", [clerks], [platforms, own]),
        ("platform", [platforms], [clerks, own]),
        ("own", [own], [clerks, platforms]),
        ("", [clerks, platforms, own], []),
        ("вигадане", [clerks, platforms, own], []),
    ):
        shown = read(whose=whose)
        assert all(words in shown for words in there), whose
        assert not any(words in shown for words in away), whose


def test_nobody_elses_log_is_shown(me, clerk, community, client, read, now):
    other = identified_resident(community, since=now - timedelta(days=2))
    look(other, clerk, community, now)
    assert "Марія Лозова" not in read()


def test_looking_at_the_log_opens_nothing(me, read):
    read()
    assert not VaultReading.objects.exists()


def test_a_long_log_has_pages_and_asks_as_often_as_a_short_one(me, clerk, community, read, assert_queries, now):
    look(me, clerk, community, now)
    read()
    with assert_queries(QUERIES):
        read()
    for minute in range(40):
        look(me, clerk, community, now - timedelta(minutes=minute))
    with assert_queries(QUERIES):
        first = read()
    assert first.count("Щоб визначити вашу громаду") == 30
    assert read(page="2").count("Щоб визначити вашу громаду") == 11
