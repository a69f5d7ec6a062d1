"""SMS through a gateway that is a program of its own and behaves well and badly."""

import html
import logging
import re
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from edem.foundation.catalog.registry import manifests
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.events.testing import run_jobs
from edem.foundation.identity.contact_kinds import Kind
from edem.foundation.identity.contacts.actions import ask_code, confirm_contact
from edem.foundation.identity.contacts.codes import code_of
from edem.foundation.identity.contacts.rules import LIFE
from edem.foundation.identity.models import Contact
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.notices import messaging
from edem.foundation.notices.actions import Mail, send_notice
from edem.foundation.notices.channels import choose_channels, texted_templates
from edem.foundation.notices.erasing import erase_notices_of
from edem.foundation.notices.messaging import IN_HAND, give_up_lost_messages, send_messages
from edem.foundation.notices.models import Message, MessageState
from edem.foundation.notices.post import Fate
from edem.foundation.notices.sms.http_json import JsonGateway
from edem.foundation.notices.sms.port import Report
from edem.foundation.notices.sms.reporting import ask_for_reports
from edem.foundation.notices.sms.texts import LONGEST, text_of_notice
from edem.foundation.notices.tests.moments import NOW
from edem.foundation.notices.topics import ACCOUNT
from simulators.sms.mischief import Mischief
from simulators.sms.running import KEY, behave, running_gateway, taken_by

pytestmark = pytest.mark.django_db
NUMBER = "+380671234567"
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def gateway():
    with running_gateway("--slow-seconds=3") as address:
        yield address


@pytest.fixture(autouse=True)
def _as_it_should(gateway, settings):
    settings.EDEM = settings.EDEM.model_copy(update={"sms_url": gateway, "sms_key": KEY, "sms_sender": "Gromada"})
    yield
    behave(gateway, Mischief.NONE)


@pytest.fixture
def community(db):
    return CommunityFactory(slug="vyshnevohirsk")


@pytest.fixture
def me(community):
    """Somebody whose telephone is confirmed and who wants letters about the account by SMS too."""
    person = identified_resident()
    contact = Contact.objects.get(pk=ask_code(person, Kind.PHONE, NUMBER, community_id=community.pk, now=NOW))
    confirm_contact(person, Kind.PHONE, code_of(contact), community_id=community.pk, now=NOW)
    choose_channels(person.pk, mailed=[ACCOUNT], texted=[ACCOUNT], pushed=[], now=NOW)
    return person


def tell(person, community, *, once="1"):
    mail = Mail(
        topic=ACCOUNT, template="notices/account/correction_decided.html", path="/cabinet/my-data/correct/", once=once
    )
    send_notice(person.pk, mail, community=community, now=NOW)
    return Message.objects.get(once=once)


def sent(message, *, now=NOW):
    send_messages(now=now)
    message.refresh_from_db()
    return message.state, message.reply


def taken(gateway, message):
    return [each for each in taken_by(gateway)["messages"] if each["id"] == str(message.pk)]


def test_a_code_comes_by_sms_and_confirms_the_telephone(community, gateway):
    person = identified_resident()
    contact_id = ask_code(person, Kind.PHONE, NUMBER, community_id=community.pk, now=NOW)
    run_jobs(now=NOW)
    message = Message.objects.get(contact_id=contact_id)
    [said] = taken(gateway, message)
    assert (said["to"], said["sender"]) == (NUMBER, "Gromada")
    assert message.state == MessageState.SENT
    code = re.match(r"\d{6}", said["text"]).group()
    assert code not in str(Message.objects.values())
    confirm_contact(person, Kind.PHONE, code, community_id=community.pk, now=NOW)


def test_a_code_that_is_late_is_not_sent(community, gateway):
    contact_id = ask_code(identified_resident(), Kind.PHONE, NUMBER, community_id=community.pk, now=NOW)
    run_jobs(now=NOW + LIFE)
    message = Message.objects.filter(contact_id=contact_id).first()
    assert message is None or (message.state, taken(gateway, message)) == (MessageState.NOT_SENT, [])


def test_what_matters_comes_by_sms_once_and_short(me, community, gateway):
    message = tell(me, community)
    assert sent(message) == (MessageState.SENT, "202")
    send_messages(now=NOW + MINUTE)
    [said] = taken(gateway, message)
    assert said["text"].startswith(community.name)
    assert said["text"].endswith("/vyshnevohirsk/cabinet/my-data/correct/")
    assert len(said["text"]) <= LONGEST


def test_only_what_was_asked_for_comes_by_sms(me, community):
    choose_channels(me.pk, mailed=[], texted=[], pushed=[], now=NOW)
    send_notice(
        me.pk, Mail(topic=ACCOUNT, template="notices/account/correction_decided.html", path="/", once="2"),
        community=community, now=NOW,
    )  # fmt: skip
    send_notice(
        me.pk, Mail(topic="lamps", template="lamps/mail/lit.html", path="/", once="3",
                    facts={"title": "x", "until": NOW, "days": 1}),
        community=community, now=NOW,
    )  # fmt: skip
    assert not Message.objects.filter(once__in=["2", "3"]).exists()


def test_what_was_turned_off_after_it_was_queued_is_not_sent(me, community, gateway):
    message = tell(me, community)
    choose_channels(me.pk, mailed=[], texted=[], pushed=[], now=NOW)
    assert sent(message) == (MessageState.NOT_SENT, "unsubscribed")
    assert taken(gateway, message) == []


@pytest.mark.parametrize(
    ("mischief", "state", "was_taken"),
    [
        (Mischief.BAD_NUMBER, (MessageState.FAILED, "422"), False),
        (Mischief.BUSY, (MessageState.QUEUED, "503"), False),
        (Mischief.BROKEN_JSON, (MessageState.UNKNOWN, "202"), True),
        (Mischief.HTML, (MessageState.UNKNOWN, "200"), True),
        (Mischief.OTHER_ID, (MessageState.UNKNOWN, "202"), True),
        (Mischief.FAILURE, (MessageState.UNKNOWN, "500"), True),
        (Mischief.HUGE, (MessageState.UNKNOWN, "202"), True),
        (Mischief.HANG_UP, (MessageState.UNKNOWN, "broken"), True),
    ],
)
def test_each_mischief_has_its_outcome_and_nothing_goes_twice(me, community, gateway, mischief, state, was_taken):
    message = tell(me, community)
    behave(gateway, mischief)
    assert sent(message) == state
    before = taken_by(gateway)["repeated"]
    behave(gateway, Mischief.NONE)
    send_messages(now=NOW + MINUTE / 2)
    assert taken_by(gateway)["repeated"] == before
    assert bool(taken(gateway, message)) == was_taken


def test_a_slow_answer_is_unknown_until_the_gateway_is_asked(me, community, gateway):
    behave(gateway, Mischief.SLOW)
    hasty, patient = (JsonGateway(address=gateway, key=KEY, sender="Gromada", seconds=each) for each in (0.3, 20))
    number = uuid4()
    assert hasty.send(number, to=NUMBER, text="Чекаю").fate is Fate.UNKNOWN
    behave(gateway, Mischief.NONE)
    assert patient.report(number) is Report.DELIVERED
    assert patient.report(uuid4()) is Report.NOT_KNOWN


def test_a_report_tells_what_became_of_a_message_whose_answer_was_lost(me, community, gateway):
    message = tell(me, community)
    behave(gateway, Mischief.HANG_UP)
    assert sent(message)[0] == MessageState.UNKNOWN
    behave(gateway, Mischief.NONE)
    ask_for_reports(now=NOW + MINUTE)
    message.refresh_from_db()
    assert (message.state, message.asked_at) == (MessageState.DELIVERED, NOW + MINUTE)


def test_what_was_not_delivered_is_said_to_have_failed(me, community, gateway):
    message = tell(me, community)
    behave(gateway, Mischief.UNDELIVERED)
    assert sent(message)[0] == MessageState.SENT
    ask_for_reports(now=NOW + MINUTE)
    message.refresh_from_db()
    assert message.state == MessageState.FAILED


def test_what_a_dead_worker_held_is_unknown_and_stays_so_when_the_gateway_never_saw_it(me, community, gateway):
    message = tell(me, community)
    Message.objects.update(state=MessageState.SENDING, claimed_at=NOW)
    give_up_lost_messages(now=NOW + IN_HAND + MINUTE)
    ask_for_reports(now=NOW + IN_HAND + 2 * MINUTE)
    assert sent(message, now=NOW + IN_HAND + 3 * MINUTE) == (MessageState.UNKNOWN, "not_known")
    assert taken(gateway, message) == []


def test_a_gateway_that_is_away_is_tried_again_till_the_day_is_over(me, community, settings):
    settings.EDEM = settings.EDEM.model_copy(update={"sms_url": "http://127.0.0.1:9"})
    message = tell(me, community)
    assert sent(message) == (MessageState.QUEUED, "broken")
    assert sent(message, now=NOW + timedelta(hours=2)) == (MessageState.QUEUED, "broken")
    assert sent(message, now=NOW + timedelta(hours=25)) == (MessageState.NOT_SENT, "late")
    assert messaging.waiting(50) == messaging.LONGEST_WAIT


def test_a_wrong_key_sends_nothing_and_waits_for_the_operator(me, community, gateway, settings):
    settings.EDEM = settings.EDEM.model_copy(update={"sms_key": "another"})
    message = tell(me, community)
    assert sent(message) == (MessageState.QUEUED, "401")
    assert taken(gateway, message) == []


def test_without_a_gateway_nothing_is_queued(me, community, settings):
    settings.EDEM = settings.EDEM.model_copy(update={"sms_url": ""})
    with pytest.raises(Message.DoesNotExist):
        tell(me, community)


def test_no_journal_names_a_telephone_or_a_code(community, caplog, gateway):
    caplog.set_level(logging.DEBUG)
    contact_id = ask_code(identified_resident(), Kind.PHONE, NUMBER, community_id=community.pk, now=NOW)
    run_jobs(now=NOW)
    code = code_of(Contact.objects.get(pk=contact_id))
    said = " ".join(f"{each.getMessage()} {each.args!r}" for each in caplog.records)
    assert "message" in said
    assert "671234567" not in said
    assert f" {code} " not in said


def test_messages_go_with_the_consent(me, community):
    tell(me, community)
    erase_notices_of(me.pk, till=NOW)
    assert not Message.objects.filter(person_id=me.pk).exists()


def test_long_words_give_way_to_the_address(community):
    text = text_of_notice("Слухання " * 60, "/petitions/5/", community=community)
    assert len(text) <= LONGEST
    assert text.endswith("… http://localhost:8000/vyshnevohirsk/petitions/5/")


def test_every_letter_worth_an_sms_is_there():
    from django.template.loader import get_template

    declared = [name for templates in texted_templates().values() for name in templates or ()]
    assert declared
    for name in declared:
        get_template(name)
    assert any(manifest.texted for manifest in manifests())


def test_the_page_of_the_gateway_shows_a_message_as_text(gateway):
    number, text = uuid4(), "<script>alert(1)</script>"
    JsonGateway(address=gateway, key=KEY, sender="Gromada").send(number, to=NUMBER, text=text)
    shown = httpx.get(gateway)
    assert text in html.unescape(shown.text)
    assert text not in shown.text
    assert "default-src 'none'" in shown.headers["content-security-policy"]
