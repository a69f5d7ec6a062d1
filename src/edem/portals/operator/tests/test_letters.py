"""The operator's letters: their fates, and sending again what a crash left unknown."""

import html
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.notices.actions import Mail, send_notice, send_official_letter
from edem.foundation.notices.models import MailState, Notice
from edem.foundation.notices.tests.people import person_with
from edem.foundation.notices.tests.servers import Accepting, HangingUp, post_office_of
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory

pytestmark = pytest.mark.django_db
FACTS = {"title": "Мости", "decision": "Підтримано"}


@pytest.fixture
def community(db):
    return CommunityFactory(slug="zhytomyr")


@pytest.fixture
def desk(client):
    client.sign_in(GrantFactory(community=None, role=Role.PLATFORM_OPERATOR).person)
    return client


@pytest.fixture
def post_office(settings):
    return post_office_of(settings, clock=timezone.now)


def tell(community, number=1):
    mail = Mail(
        topic="petitions.mine", template="petitions/mail/answered.html", path="/petitions/1/", once=f"{number}",
        facts=FACTS,
    )  # fmt: skip
    send_notice(person_with("olena@example.com").pk, mail, community=community, now=datetime.now(UTC))


def page(client, query="", *, status=200):
    answer = client.get(f"/operator/letters/{query}")
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def again(client, notice):
    return client.post(f"/operator/letters/{notice.community_id}/{notice.id}/again/")


def test_letters_are_the_platform_operators_only(client, community):
    assert client.get("/operator/letters/").status_code == 302
    client.sign_in(GrantFactory(role=Role.COMMUNITY_ADMIN).person)
    page(client, status=403)


@pytest.mark.parametrize("state", [*MailState.values, "вигаданий", "\x00"])
def test_every_state_has_its_list_even_an_empty_one(desk, state):
    page(desk, f"?state={state}")


def test_a_letter_whose_fate_is_unknown_is_sent_again_by_a_person(desk, community, post_office):
    tell(community)
    post_office(HangingUp(at="text"))
    shown = page(desk)
    assert "невідомо, чи дійшло" in shown
    assert "«Мости»" in shown
    assert "olena@example.com" not in shown
    assert post_office(Accepting()).letters == [], "never by itself"
    notice = Notice.objects.get()
    assert again(desk, notice)["Location"] == "/operator/letters/"
    [letter] = post_office(Accepting()).letters
    assert f"Message-ID: <{notice.id}@localhost>".encode() in letter.content
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.facts["before"], entry.facts["letter"]) == ("notices.resent", "unknown", str(notice.id))
    assert Notice.objects.get().state == MailState.SENT


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.SENDING, MailState.SENT, MailState.NOT_MAILED])
def test_what_is_on_its_way_or_has_arrived_is_not_sent_again(desk, community, state):
    tell(community)
    Notice.objects.update(state=state)
    assert again(desk, Notice.objects.get()).status_code == 409
    assert Notice.objects.get().state == state
    assert not AuditEntry.objects.exists()


def test_a_letter_that_is_not_there_cannot_be_sent(desk, community):
    tell(community)
    notice = Notice.objects.get()
    Notice.objects.all().delete()
    assert again(desk, notice).status_code == 404


def test_a_bodys_mailbox_is_named(desk, community):
    mail = Mail(topic="staff", template="petitions/mail/answered.html", path="/", once="1", facts=FACTS)
    send_official_letter("rada@example.com", mail, community=community, now=datetime.now(UTC))
    assert "rada@example.com" in page(desk, "?state=queued")


def test_a_long_list_asks_the_database_as_often_as_a_short_one(desk, community, assert_queries):
    for number in range(2):
        tell(community, number)
    page(desk, "?state=queued")
    with assert_queries(8):
        page(desk, "?state=queued")
    for number in range(2, 12):
        tell(community, number)
    with assert_queries(8):
        page(desk, "?state=queued")
