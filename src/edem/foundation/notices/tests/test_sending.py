"""Real conversations with mail servers that behave well and badly."""

import logging
import socket
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from edem.foundation.events.testing import run_jobs
from edem.foundation.identity.models import VaultReading
from edem.foundation.notices import mailing
from edem.foundation.notices.actions import choose_topics, send_notice, send_notices
from edem.foundation.notices.models import MailState, Notice
from edem.foundation.notices.tests.mails import lamp_lit
from edem.foundation.notices.tests.moments import NOW
from edem.foundation.notices.tests.people import person_with
from edem.foundation.notices.tests.servers import Accepting, HangingUp, Refusing, listening

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(resident, community):
    send_notice(resident.pk, lamp_lit(), community=community, now=NOW)
    return resident


def state():
    return Notice.objects.values_list("state", flat=True).get()


def test_a_letter_arrives_whole(queued, post_office):
    server = Accepting()
    post_office(server)
    [envelope] = server.letters
    message = message_from_bytes(envelope.content, policy=SMTP)
    notice = Notice.objects.get()
    assert (notice.state, notice.sent_at, notice.reply) == (MailState.SENT, NOW, "250")
    assert envelope.rcpt_tos == ["olena@example.com"]
    assert message["Subject"] == notice.subject == "Ліхтар «Біля школи» засвічено"
    assert message["Message-ID"] == f"<{notice.id}@localhost>"
    assert "Світитиме до" in message.get_body(("plain",)).get_content()


def test_an_announced_notice_is_sent_by_its_job(queued, settings):
    server = Accepting()
    with listening(server) as url:
        settings.EDEM = settings.EDEM.model_copy(update={"smtp_url": url})
        run_jobs(now=NOW)
    assert len(server.letters) == 1


def test_many_letters_go_over_one_connection(community, post_office):
    people = [person_with(f"r{n}@example.com") for n in range(5)]
    send_notices([person.pk for person in people], lamp_lit(), community=community, now=NOW)
    server = Accepting()
    post_office(server)
    assert sorted(envelope.rcpt_tos[0] for envelope in server.letters) == [f"r{n}@example.com" for n in range(5)]
    assert server.sessions == 1


def test_a_letter_is_locked_by_its_whole_key(queued, post_office):
    """Where the great tables lie on several servers, nothing else can be locked (docs/guides/scale-out.md)."""
    with CaptureQueriesContext(connection) as asked:
        post_office(Accepting())
    locking = [each["sql"] for each in asked if "FOR UPDATE" in each["sql"] and '"notices_notice"' in each["sql"]]
    assert locking
    for sql in locking:
        condition = sql.partition(" WHERE ")[2]
        assert '"notices_notice"."community_id" = ' in condition
        assert '"notices_notice"."id" = ' in condition


def test_a_long_queue_is_sent_job_by_job(community, settings, monkeypatch):
    monkeypatch.setattr(mailing, "AT_ONCE", 2)
    people = [person_with(f"r{n}@example.com") for n in range(5)]
    send_notices([person.pk for person in people], lamp_lit(), community=community, now=NOW)
    server = Accepting()
    with listening(server) as url:
        settings.EDEM = settings.EDEM.model_copy(update={"smtp_url": url})
        run_jobs(now=NOW)
    assert len(server.letters) == 5
    assert server.sessions == 3


def test_nobody_is_told_twice_of_one_occasion(queued, community, post_office):
    server = Accepting()
    post_office(server)
    send_notice(queued.pk, lamp_lit(), community=community, now=NOW + timedelta(hours=1))
    post_office(server, now=NOW + timedelta(hours=1))
    assert len(server.letters) == 1


@pytest.mark.parametrize("at", ["rcpt", "text"])
def test_a_refused_letter_is_not_tried_again(queued, post_office, at):
    post_office(Refusing("550 5.1.1 no such user olena@example.com", at=at))
    notice = Notice.objects.get()
    assert (notice.state, notice.reply) == (MailState.FAILED, "550")
    good = Accepting()
    post_office(good, now=NOW + timedelta(days=1))
    assert good.letters == []


@pytest.mark.parametrize("reply", ["451 4.7.1 greylisted", "421 4.3.2 going down"])
@pytest.mark.parametrize("at", ["rcpt", "text"])
def test_a_letter_put_off_is_sent_later_under_the_same_name(queued, post_office, at, reply):
    putting_off = Refusing(reply, at=at)
    post_office(putting_off)
    assert state() == MailState.QUEUED
    good = Accepting()
    post_office(good, now=NOW + timedelta(minutes=4))
    assert good.letters == [], "not before its time"
    post_office(good, now=NOW + timedelta(minutes=5))
    assert state() == MailState.SENT
    assert f"<{Notice.objects.get().id}@localhost>".encode() in good.letters[0].content


def test_a_letter_put_off_for_days_is_given_up(queued, post_office):
    now = NOW
    for _ in range(mailing.MOST_ATTEMPTS):
        post_office(Refusing("451 later"), now=now)
        now += mailing.LONGEST_WAIT
    assert state() == MailState.FAILED


def test_a_line_that_breaks_before_the_text_costs_nothing(queued, post_office):
    post_office(HangingUp(at="rcpt"))
    assert state() == MailState.QUEUED


def test_a_letter_that_may_have_arrived_is_never_sent_again(queued, post_office):
    dropping = HangingUp(at="text")
    post_office(dropping)
    assert len(dropping.letters) == 1
    assert state() == MailState.UNKNOWN
    good = Accepting()
    post_office(good, now=NOW + timedelta(days=1))
    assert good.letters == []


def test_a_server_that_is_away_costs_no_attempt(queued, settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{probe.getsockname()[1]}"
    settings.EDEM = settings.EDEM.model_copy(update={"smtp_url": url})
    mailing.send_queued(now=NOW)
    assert Notice.objects.values_list("state", "attempts").get() == (MailState.QUEUED, 0)


def test_a_letter_in_a_dead_workers_hand_is_not_sent_again(queued, post_office):
    Notice.objects.update(state=MailState.SENDING, claimed_at=NOW)
    mailing.give_up_lost(now=NOW + timedelta(minutes=5))
    assert state() == MailState.SENDING
    mailing.give_up_lost(now=NOW + timedelta(minutes=16))
    assert state() == MailState.UNKNOWN


def test_who_chose_the_cabinet_gets_no_letter(queued, post_office):
    choose_topics(queued.pk, [], now=NOW)
    server = Accepting()
    post_office(server)
    assert server.letters == []
    assert Notice.objects.values_list("state", "reply").get() == (MailState.NOT_MAILED, "unsubscribed")
    assert not VaultReading.objects.exists(), "no reason to look into the vault"


def test_who_has_no_address_reads_it_in_the_cabinet(community, post_office):
    send_notice(person_with("").pk, lamp_lit(), community=community, now=NOW)
    post_office(Accepting())
    assert Notice.objects.values_list("state", "reply").get() == (MailState.NOT_MAILED, "no_address")


def test_a_malformed_address_fails_and_the_next_letter_goes(community, post_office):
    people = [person_with("olena@example.com\r\nBcc: all@example.com"), person_with("ok@example.com")]
    send_notices([person.pk for person in people], lamp_lit(), community=community, now=NOW)
    server = Accepting()
    post_office(server)
    assert [envelope.rcpt_tos for envelope in server.letters] == [["ok@example.com"]]
    assert sorted(Notice.objects.values_list("state", "reply")) == [("failed", "malformed"), ("sent", "250")]


def test_neither_logs_nor_tables_keep_a_persons_address(queued, post_office, caplog):
    caplog.set_level(logging.DEBUG)
    post_office(Refusing("550 5.1.1 no such user olena@example.com"))
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]  # the server's own log
    assert any("failed 550" in line for line in ours)
    assert not any("olena" in line for line in ours)
    with connection.cursor() as cursor:
        cursor.execute("SELECT n::text FROM notices_notice n")
        assert "olena@example.com" not in cursor.fetchone()[0]


def test_the_platform_greets_the_server_by_its_own_name(queued, post_office):
    server = Accepting()
    post_office(server)
    assert server.greeted_by == "localhost"
