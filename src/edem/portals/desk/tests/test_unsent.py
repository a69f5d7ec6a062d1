"""The community's own desk: what may not have arrived, and sending it again by a person's decision."""

import html
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.notices import messaging
from edem.foundation.notices.actions import Mail, send_notice
from edem.foundation.notices.channels import NEWS_FOR
from edem.foundation.notices.models import MailState, Message, MessageState, Notice
from edem.foundation.notices.tests.people import person_with
from edem.foundation.notices.tests.servers import Accepting, HangingUp, post_office_of
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
DESK = "/zhytomyr/desk/"
QUEUE = "Листи й повідомлення, які могли не дійти"


@pytest.fixture
def community(db):
    return CommunityFactory(slug="zhytomyr", name="Житомирська громада")


@pytest.fixture
def desk(client, community):
    person = PersonFactory(staff=True)
    GrantFactory(person=person, community=community, role=Role.COMMUNITY_ADMIN)
    client.sign_in(person)
    return client


@pytest.fixture
def post_office(settings):
    return post_office_of(settings, clock=timezone.now)


def lost_letter(community, post_office):
    facts = {"title": "Мости", "decision": "Підтримано"}
    mail = Mail(
        topic="petitions.mine", template="petitions/mail/answered.html", path="/petitions/1/", once="1", facts=facts
    )
    send_notice(person_with("olena@example.com").pk, mail, community=community, now=datetime.now(UTC))
    post_office(HangingUp(at="text"))
    return Notice.objects.get()


def sms(community, *, state=MessageState.UNKNOWN, contact_id=None):
    return Message.objects.create(
        community=community, person_id=PersonFactory().pk, channel="sms", topic="account", words="Мости відбудують",
        path="/petitions/1/", once=uuid4().hex, created_at=NOW, not_before=NOW, expires_at=NOW + NEWS_FOR, state=state,
        contact_id=contact_id, attempts=1,
    )  # fmt: skip


def page(client, address=DESK, *, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def test_a_letter_whose_fate_is_unknown_waits_on_the_desk_and_goes_again_by_a_person(desk, community, post_office):
    letter = lost_letter(community, post_office)
    assert letter.state == MailState.UNKNOWN
    assert letter.subject in page(desk)
    shown = page(desk, f"{DESK}letters/{letter.id}/")
    assert "може отримати його вдруге" in shown
    assert "olena@example.com" not in shown
    assert str(letter.person_id) not in shown

    assert desk.post(f"{DESK}letters/{letter.id}/").status_code == 302
    assert "Рішення тут уже не потрібне" in page(desk, f"{DESK}letters/{letter.id}/")
    assert desk.post(f"{DESK}letters/{letter.id}/").status_code == 409
    accepting = post_office(Accepting())
    assert len(accepting.letters) == 1
    assert letter.subject not in page(desk)
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.community_id, entry.facts["before"]) == ("notices.resent", community.pk, "unknown")


def test_an_sms_whose_fate_is_unknown_as_well(desk, community, monkeypatch):
    sent = []

    def take(message, *, now):
        sent.append(message.pk)
        return messaging.Outcome(messaging.Fate.SENT, code=202)

    monkeypatch.setitem(messaging._SENDERS, "sms", take)  # the gateway has its own tests
    message = sms(community)
    messaging.send_messages(now=NOW + timedelta(minutes=5))
    assert sent == [], "never by itself"
    assert "Мости відбудують" in page(desk)
    assert desk.post(f"{DESK}messages/{message.pk}/").status_code == 302
    messaging.send_messages(now=datetime.now(UTC))
    assert sent == [message.pk]
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.community_id) == ("notices.message_resent", community.pk)
    assert "Мости відбудують" not in page(desk)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COMMUNITY_ADMIN, Role.PLATFORM_OPERATOR, Role.RESIDENT}))
def test_other_jobs_neither_see_nor_send_them(client, community, role):
    message = sms(community)
    person = PersonFactory(staff=True)
    GrantFactory(person=person, community=community, role=role)
    client.sign_in(person)
    assert QUEUE not in page(client)
    page(client, f"{DESK}messages/{message.pk}/", status=403)
    assert client.post(f"{DESK}messages/{message.pk}/").status_code == 403
    message.refresh_from_db()
    assert message.state == MessageState.UNKNOWN


def test_another_communitys_are_not_reached(desk, post_office):
    elsewhere = CommunityFactory(slug="fastiv")
    letter, message = lost_letter(elsewhere, post_office), sms(elsewhere)
    assert "Мости" not in page(desk)
    for address in (f"{DESK}letters/{letter.id}/", f"{DESK}messages/{message.pk}/"):
        page(desk, address, status=404)
        assert desk.post(address).status_code == 404


def test_a_code_is_asked_anew_and_is_not_on_the_desk(desk, community):
    code = sms(community, contact_id=uuid4())
    assert "Порожньо" in page(desk)
    page(desk, f"{DESK}messages/{code.pk}/", status=404)


def test_what_has_arrived_is_not_sent_again(desk, community):
    message = sms(community, state=MessageState.SENT)
    assert "Рішення тут уже не потрібне" in page(desk, f"{DESK}messages/{message.pk}/")
    assert desk.post(f"{DESK}messages/{message.pk}/").status_code == 409
