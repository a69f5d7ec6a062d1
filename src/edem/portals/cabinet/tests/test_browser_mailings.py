"""The pages of mailings in Chromium: accessible, and no wider than a phone."""

from datetime import timedelta
from uuid import uuid4

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.notices.actions import Mail
from edem.foundation.notices.letters import letter_of
from edem.foundation.notices.models import Bounce, Notice
from edem.foundation.notices.planning import send_out_due_digests
from edem.foundation.notices.subjects import About, Kind, Rhythm, Subject
from edem.foundation.notices.subscribing import follow
from edem.foundation.notices.telling import tell_followers
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory
from edem.services.petitions.tests.factories import PetitionFactory, charter_of_community
from edem.ui.tests.browser import faults_on, opened, shoot

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LONG = "Відремонтувати тротуар біля загальноосвітньої школи № 7 на вулиці Великій Бердичівській"


@pytest.fixture
def community(db):
    community = CommunityFactory(slug="zhytomyr", katottg="UA05020030010063857")
    charter_of_community(community)
    return community


@pytest.fixture
def me(community, now):
    """Somebody who follows a petition at once and the community once a day."""
    person = identified_resident(community, since=now - timedelta(days=20))
    petition = PetitionFactory(community=community, collecting=True, title=LONG, category="Освіта")
    week_ago = now - timedelta(days=7)
    item = Subject(Kind.ITEM, "petitions", str(petition.pk))
    follow(person.pk, item, community=community, rhythm=Rhythm.IMMEDIATE, source="page", now=week_ago)
    everything = Subject(Kind.COMMUNITY)
    follow(person.pk, everything, community=community, rhythm=Rhythm.DAILY, source="page", now=week_ago)
    for number, (title, topic) in enumerate([(LONG, "Освіта"), ("Мости", "Дороги і транспорт"), ("Ясла", "Освіта")]):
        mail = Mail(
            topic="petitions.followed", template="petitions/mail/answered.html", path=f"/petitions/{petition.pk}/",
            once=f"{number}", facts={"title": title, "decision": "Підтримано"},
        )  # fmt: skip
        about = About(service="petitions", item=str(petition.pk + number), topic=topic, is_wide=True)
        tell_followers(mail, about, community=community, now=now - timedelta(days=2))
    send_out_due_digests(now=now)
    Bounce.objects.create(
        community=community, notice_id=uuid4(), person_id=person.pk, address_mark=b"m" * 32, at=now, is_permanent=True
    )
    return person


@pytest.fixture
def pages(me, client, community):
    operator = type(client)()
    operator.sign_in(GrantFactory(community=None, role=Role.PLATFORM_OPERATOR).person)
    client.sign_in(me)
    digest = Notice.objects.get(template="notices/digest.html")
    letters = [letter_of(notice) for notice in Notice.objects.order_by("subject")]
    asked = {
        "/mailing": (client, "/zhytomyr/cabinet/mailing/"),
        "/follow": (client, "/zhytomyr/follow/?kind=topic&service=petitions&key=Освіта"),
        "/digest": (client, f"/zhytomyr/cabinet/digests/{digest.id}/"),
        "/stop": (client, letters[0].unsubscribe_url.removeprefix("http://localhost:8000")),
        "/letters": (operator, "/operator/letters/?state=queued"),
    }
    return {name: reader.get(address).content.decode() for name, (reader, address) in asked.items()}


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), pytest.param(1280, "light", marks=pytest.mark.full)])
def test_the_pages_of_mailings_are_accessible_and_fit(pages, width, theme):
    with opened(pages, width=width, theme=theme) as page:
        assert faults_on(page, pages) == {}


@pytest.mark.parametrize("width", [360, 720])
def test_letters_fit_a_phone(me, width):
    letters = {f"/{place}": letter_of(each) for place, each in enumerate(Notice.objects.order_by("subject"))}
    with opened({}, width=width, theme="light") as page:
        for name, letter in letters.items():
            page.set_content(letter.html)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            shoot(page, f"letter-{name}")
