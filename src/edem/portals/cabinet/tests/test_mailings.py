"""«Мої розсилки» and the page behind every «Стежити», as a resident walks through them."""

import html
from datetime import timedelta
from uuid import uuid4

import pytest

from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.notices.actions import Mail
from edem.foundation.notices.models import Bounce, MailChoice, Subscription
from edem.foundation.notices.planning import send_out_due_digests
from edem.foundation.notices.subjects import About, Kind, Rhythm, Subject
from edem.foundation.notices.subscribing import follow
from edem.foundation.notices.telling import tell_followers
from edem.foundation.places.models import Unit
from edem.services.petitions.tests.factories import PetitionFactory

pytestmark = pytest.mark.django_db
HOME = "/zhytomyr/"
MAILING = "/zhytomyr/cabinet/mailing/"


@pytest.fixture
def me(client, community, now):
    person = identified_resident(community, since=now - timedelta(days=2))
    client.sign_in(person)
    return person


def page(answer, *, status=200):
    assert answer.status_code == status, answer.content.decode()[:1500]
    return html.unescape(answer.content.decode())


def address(kind, service="", key=""):
    return f"/zhytomyr/follow/?kind={kind}&service={service}&key={key}"


def test_a_visitor_signs_in_and_comes_back_to_what_they_wanted_to_follow(client, community):
    answer = client.get(address("topic", "petitions", "Освіта"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/zhytomyr/sign-in/?next=%2Fzhytomyr%2Ffollow%2F%3Fkind%3Dtopic")


def test_visitors_find_the_buttons_on_home_list_and_card(client, community, now):
    village = Unit.objects.create(
        code="UA18000000000000001", name="Глибочиця", name_key="", category="C", community_code=community.katottg
    )
    petition = PetitionFactory(community=community, collecting=True, closes_at=now + timedelta(days=9))
    assert "Стежити за громадою" in page(client.get(HOME))
    topic = page(client.get(f"{HOME}petitions/?category=Освіта"))
    assert "Стежити за цією темою" in topic
    assert "Стежити за цим населеним пунктом" not in topic
    assert "Стежити за цим населеним пунктом" in page(client.get(f"{HOME}petitions/?settlement={village.code}"))
    assert f"kind=item&service=petitions&key={petition.pk}" in page(client.get(f"{HOME}petitions/{petition.pk}/"))


def test_a_resident_follows_each_kind_and_sees_all_in_the_cabinet(me, client, community, now):
    Unit.objects.create(
        code="UA18000000000000001", name="Глибочиця", name_key="", category="C", community_code=community.katottg
    )
    petition = PetitionFactory(community=community, collecting=True, title="Мости", closes_at=now + timedelta(days=9))
    for where, rhythm in (
        (address("community"), "weekly"),
        (address("topic", "petitions", "Освіта"), "daily"),
        (address("settlement", "", "UA18000000000000001"), "daily"),
        (address("item", "petitions", petition.pk), "immediate"),
    ):
        page(client.get(where))
        assert client.post(where, {"rhythm": rhythm}).status_code == 302
    shown = page(client.get(MAILING))
    for words in ("Мости", "Освіта", "Глибочиця", "Уся громада", community.name):
        assert words in shown
    assert shown.count("selected") == 4
    assert Subscription.objects.filter(person_id=me.pk).count() == 4


def test_following_again_only_changes_how_often(me, client, community):
    client.post(address("community"), {"rhythm": "weekly"})
    since = Subscription.objects.get().since
    assert "Ви вже стежите" in page(client.get(address("community")))
    client.post(address("community"), {"rhythm": "daily"})
    row = Subscription.objects.get()
    assert (row.rhythm, row.since) == ("daily", since)


@pytest.mark.parametrize(
    "where",
    [
        address("weather"),
        address("topic", "petitions", "Вигадана"),
        address("topic", "nothing", "Освіта"),
        address("item", "petitions", "999999999"),
        address("item", "petitions", "9" * 40),
        address("item", "petitions", "%00"),
        address("settlement", "", "UA99"),
        address("community", "petitions", "1"),
    ],
)
def test_nobody_follows_what_is_not_there(me, client, where):
    page(client.get(where), status=404)
    page(client.post(where, {"rhythm": "daily"}), status=404)
    assert not Subscription.objects.exists()


def test_a_draft_is_nothing_to_follow(me, client, community):
    draft = PetitionFactory(community=community, author=me)
    page(client.get(address("item", "petitions", draft.pk)), status=404)


def test_a_forgotten_rhythm_is_asked_for(me, client):
    assert "Виберіть: «Як часто писати»" in page(client.post(address("community"), {}), status=422)


def test_the_rhythm_is_changed_and_a_subscription_stopped(me, client, community, now):
    follow(me.pk, Subject(Kind.COMMUNITY), community=community, rhythm=Rhythm.DAILY, source="page", now=now)
    row = Subscription.objects.get()
    assert client.post(f"{MAILING}{row.pk}/rhythm/", {"rhythm": "weekly"})["Location"] == MAILING
    assert Subscription.objects.get().rhythm == "weekly"
    page(client.post(f"{MAILING}{row.pk}/rhythm/", {"rhythm": "hourly"}), status=422)
    for _ in range(2):
        assert client.post(f"{MAILING}{row.pk}/stop/").status_code == 302
    assert not Subscription.objects.exists()
    page(client.post(f"{MAILING}{row.pk}/rhythm/", {"rhythm": "weekly"}), status=404)


def test_nobody_touches_anothers_subscriptions(me, client, community, now):
    other = identified_resident(community, since=now - timedelta(days=2))
    follow(other.pk, Subject(Kind.COMMUNITY), community=community, rhythm=Rhythm.DAILY, source="page", now=now)
    row = Subscription.objects.get()
    page(client.post(f"{MAILING}{row.pk}/rhythm/", {"rhythm": "weekly"}), status=404)
    client.post(f"{MAILING}{row.pk}/stop/")
    client.post(f"{MAILING}stop-all/")
    assert Subscription.objects.get().rhythm == "daily"
    assert "Ви ще ні за чим не стежите" in page(client.get(MAILING))


def test_everything_is_stopped_with_one_button(me, client, community, now):
    follow(me.pk, Subject(Kind.COMMUNITY), community=community, rhythm=Rhythm.DAILY, source="page", now=now)
    client.post(f"{MAILING}stop-all/")
    assert not Subscription.objects.exists()
    stopped = set(MailChoice.objects.filter(is_mailed=False).values_list("topic", flat=True))
    assert stopped >= {"petitions.mine", "petitions.milestones"}
    assert not stopped & {"account", "staff"}


def test_what_is_gone_can_still_be_stopped(me, client, community, now):
    petition = PetitionFactory(community=community, collecting=True)
    subject = Subject(Kind.ITEM, "petitions", str(petition.pk))
    follow(me.pk, subject, community=community, rhythm=Rhythm.DAILY, source="page", now=now)
    petition.delete()
    assert "Цього вже немає" in page(client.get(MAILING))


def test_a_digest_is_read_in_the_cabinet_and_by_nobody_else(me, client, community, now):
    follow(
        me.pk, Subject(Kind.COMMUNITY), community=community, rhythm=Rhythm.DAILY, source="page",
        now=now - timedelta(days=3),
    )  # fmt: skip
    mail = Mail(
        topic="petitions.followed", template="petitions/mail/answered.html", path="/petitions/5/", once="answered:5",
        facts={"title": "Мости", "decision": "Підтримано"},
    )  # fmt: skip
    about = About(service="petitions", item="5", topic="Освіта", is_wide=True)
    tell_followers(mail, about, community=community, now=now - timedelta(days=2))
    send_out_due_digests(now=now)
    notices = page(client.get("/zhytomyr/cabinet/notices/"))
    assert "День у громаді: 1 новина" in notices
    where = notices.partition('href="/zhytomyr/cabinet/digests/')[2].partition('"')[0]
    shown = page(client.get(f"/zhytomyr/cabinet/digests/{where}"))
    assert "Освіта" in shown
    assert "Є відповідь на петицію: «Мости»" in shown
    client.sign_in(identified_resident(community, since=now - timedelta(days=2)))
    page(client.get(f"/zhytomyr/cabinet/digests/{where}"), status=404)


@pytest.mark.parametrize(
    ("is_permanent", "words"), [(True, "Схоже, такої скриньки немає"), (False, "Скринька переповнена")]
)
def test_whose_letters_come_back_reads_what_to_do(me, client, community, now, is_permanent, words):
    for _ in range(1 if is_permanent else 3):
        Bounce.objects.create(
            community=community, notice_id=uuid4(), person_id=me.pk, address_mark=b"m" * 32, at=now,
            is_permanent=is_permanent,
        )  # fmt: skip
    for address in (MAILING, "/zhytomyr/cabinet/"):
        assert words in page(client.get(address))
    assert client.post(f"{MAILING}works-again/")["Location"] == MAILING
    assert "не доходять" not in page(client.get(MAILING)).partition("<main")[2]


def test_many_subscriptions_ask_the_database_as_often_as_few(me, client, community, now, assert_queries):
    def follow_petitions(count):
        for petition in PetitionFactory.create_batch(count, community=community, collecting=True):
            subject = Subject(Kind.ITEM, "petitions", str(petition.pk))
            follow(me.pk, subject, community=community, rhythm=Rhythm.DAILY, source="page", now=now)

    follow_petitions(2)
    client.get(MAILING)
    with assert_queries(QUERIES):
        client.get(MAILING)
    follow_petitions(10)
    with assert_queries(QUERIES):
        client.get(MAILING)


QUERIES = 7
