"""The operator's SMS and messages to browsers: their fates, and sending again what a crash left unknown."""

import html
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.notices import messaging
from edem.foundation.notices.channels import NEWS_FOR
from edem.foundation.notices.models import Message, MessageState
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def community(db):
    return CommunityFactory(slug="zhytomyr", name="Житомирська громада")


@pytest.fixture
def desk(client):
    client.sign_in(GrantFactory(community=None, role=Role.PLATFORM_OPERATOR).person)
    return client


@pytest.fixture
def gateway(monkeypatch):
    """What goes out, as the sender sees it; the gateway itself has its own tests."""
    sent = []

    def take(message, *, now):
        sent.append(message.pk)
        return messaging.Outcome(messaging.Fate.SENT, code=202)

    monkeypatch.setitem(messaging._SENDERS, "sms", take)
    return sent


def sms(community, *, state=MessageState.QUEUED, once="1", contact_id=None):
    return Message.objects.create(
        community=community, person_id=PersonFactory().pk, channel="sms", topic="account", words="Мости відбудують",
        path="/petitions/1/", once=once, created_at=NOW, not_before=NOW, expires_at=NOW + NEWS_FOR, state=state,
        contact_id=contact_id, claimed_at=NOW if state == MessageState.SENDING else None, attempts=1,
    )  # fmt: skip


def page(client, address="messages/", *, status=200):
    answer = client.get(f"/operator/{address}")
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def again(client, message):
    return client.post(f"/operator/messages/{message.pk}/again/")


def test_messages_are_the_platform_operators_only(client, community):
    assert client.get("/operator/messages/").status_code == 302
    client.sign_in(GrantFactory(role=Role.COMMUNITY_ADMIN).person)
    page(client, status=403)
    message = sms(community, state=MessageState.UNKNOWN)
    assert again(client, message).status_code == 403


@pytest.mark.parametrize("state", [*MessageState.values, "вигаданий", "\x00"])
def test_every_state_has_its_list_even_an_empty_one(desk, state):
    assert "Таких повідомлень немає" in page(desk, f"messages/?state={state}")


def test_what_a_dead_worker_left_is_shown_and_sent_again_only_by_a_person(desk, community, gateway):
    message = sms(community, state=MessageState.SENDING)
    messaging.give_up_lost_messages(now=NOW + timedelta(hours=1))
    later = datetime.now(UTC)
    messaging.send_messages(now=later)
    assert gateway == [], "never by itself"
    shown = page(desk)
    assert "Мости відбудують" in shown
    assert str(message.person_id) not in shown
    assert "1 SMS" in page(desk, "")

    assert again(desk, message)["Location"] == "/operator/messages/"
    assert again(desk, message).status_code == 409
    messaging.send_messages(now=datetime.now(UTC))
    assert gateway == [message.pk], "under the same number, though its day was over"
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.facts["before"]) == ("notices.message_resent", "unknown")
    assert "1 SMS" not in page(desk, "")


@pytest.mark.parametrize("state", sorted({*MessageState.values} - {"unknown", "failed"}))
def test_what_is_on_its_way_or_has_arrived_is_not_sent_again(desk, community, state):
    message = sms(community, state=state)
    assert again(desk, message).status_code == 409
    message.refresh_from_db()
    assert message.state == state
    assert not AuditEntry.objects.exists()


def test_a_code_is_asked_anew_and_waits_for_nobody(desk, community):
    message = sms(community, state=MessageState.UNKNOWN, contact_id=uuid4())
    assert "людина попросить новий" in page(desk)
    assert "Чекають на ваше рішення" not in page(desk, "")
    assert again(desk, message).status_code == 409


def test_a_message_that_is_not_there_cannot_be_sent(desk, community):
    message = sms(community)
    Message.objects.all().delete()
    assert again(desk, message).status_code == 404


def test_a_long_list_asks_the_database_as_often_as_a_short_one(desk, community, assert_queries):
    for number in range(2):
        sms(community, once=str(number))
    page(desk, "messages/?state=queued")
    with assert_queries(7):
        page(desk, "messages/?state=queued")
    for number in range(2, 12):
        sms(community, once=str(number))
    with assert_queries(7):
        page(desk, "messages/?state=queued")
