"""Mail servers that hang, break off in the middle or take some letters only: nothing is lost, nothing comes twice."""

from collections import Counter
from datetime import timedelta

import pytest

from edem.foundation.notices import post
from edem.foundation.notices.actions import send_notices
from edem.foundation.notices.models import MailState, Notice
from edem.foundation.notices.tests.mails import lamp_lit
from edem.foundation.notices.tests.moments import NOW
from edem.foundation.notices.tests.people import person_with
from edem.foundation.notices.tests.servers import Accepting, Hanging, RefusingSome, TakingHalf

pytestmark = pytest.mark.django_db
LETTERS = 6


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(post, "_SECONDS", 0.3)


@pytest.fixture
def many(community):
    people = [person_with(f"r{number}@example.com") for number in range(LETTERS)]
    send_notices([person.pk for person in people], lamp_lit(), community=community, now=NOW)


def states():
    return Counter(Notice.objects.values_list("state", flat=True))


def arrived(*servers):
    return Counter(envelope.rcpt_tos[0] for server in servers for envelope in server.letters)


def test_a_server_that_hangs_at_the_greeting_costs_no_attempt(many, post_office):
    post_office(Hanging(at="greeting"))
    assert states() == {MailState.QUEUED: LETTERS}
    assert set(Notice.objects.values_list("attempts", flat=True)) == {0}
    good = post_office(Accepting(), now=NOW + timedelta(minutes=1))
    assert set(arrived(good).values()) == {1}


def test_a_server_that_hangs_at_the_recipient_gets_the_letter_later(many, post_office):
    post_office(Hanging(at="rcpt"))
    assert states() == {MailState.QUEUED: LETTERS}
    good = post_office(Accepting(), now=NOW + timedelta(hours=7))
    assert states() == {MailState.SENT: LETTERS}
    assert len(arrived(good)) == LETTERS


def test_a_server_that_hangs_with_the_text_in_its_hands_is_asked_no_more(many, post_office):
    hanging = post_office(Hanging(at="text"))
    assert states() == {MailState.UNKNOWN: LETTERS}
    assert set(arrived(hanging).values()) == {1}
    assert post_office(Accepting(), now=NOW + timedelta(days=2)).letters == []


def test_half_a_batch_taken_before_the_line_broke_is_not_sent_again(many, post_office):
    half = post_office(TakingHalf(3, at="rcpt"))
    assert states() == {MailState.SENT: 3, MailState.QUEUED: LETTERS - 3}
    rest = post_office(Accepting(), now=NOW + timedelta(hours=7))
    assert states() == {MailState.SENT: LETTERS}
    assert set(arrived(half, rest).values()) == {1}
    assert len(arrived(half, rest)) == LETTERS


def test_the_letter_at_which_the_line_broke_waits_for_a_person(many, post_office):
    half = post_office(TakingHalf(3, at="text"))
    assert states()[MailState.SENT] == 3
    assert states()[MailState.UNKNOWN] == LETTERS - 3  # each was in the server's hands when it hung up
    rest = post_office(Accepting(), now=NOW + timedelta(hours=7))
    assert set(arrived(half, rest).values()) == {1}


def test_a_refused_recipient_does_not_stop_the_others(many, post_office):
    server = post_office(RefusingSome("r1@example.com", "r4@example.com"))
    assert states() == {MailState.SENT: LETTERS - 2, MailState.FAILED: 2}
    assert server.sessions == 1
    assert set(Notice.objects.filter(state=MailState.FAILED).values_list("reply", flat=True)) == {"550"}


def test_a_letter_is_marked_before_the_server_hears_of_it(many, post_office):
    """What a kill -9 would leave behind while the text is on its way: «надсилається», which becomes «невідомо»."""
    marked = []
    real = post.Post.deliver

    def deliver(self, message, **facts):
        marked.append(states()[MailState.SENDING])
        return real(self, message, **facts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(post.Post, "deliver", deliver)
        server = post_office(Accepting())
    assert len(server.letters) == LETTERS
    assert marked == [1] * LETTERS
