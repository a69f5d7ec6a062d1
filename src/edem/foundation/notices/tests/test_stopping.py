"""One link stops one thing: a subscription, a digest, everything. Looking changes nothing."""

from email import message_from_bytes
from email.policy import SMTP

import pytest

from edem.foundation.notices import mailing
from edem.foundation.notices.envelope import message_of
from edem.foundation.notices.letters import letter_of
from edem.foundation.notices.models import MailChoice, MailState, Notice, Subscription
from edem.foundation.notices.planning import send_out_due_digests
from edem.foundation.notices.subjects import Rhythm
from edem.foundation.notices.tests.followers import COMMUNITY, LAMP, lit, subscribed
from edem.foundation.notices.tests.moments import NOW
from edem.foundation.notices.tests.servers import Accepting, listening
from edem.foundation.notices.tests.test_digests import EVENING

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def headers_of(notice):
    raw = message_of(notice, letter_of(notice), address="olena@example.com", now=NOW)
    return message_from_bytes(raw, policy=SMTP)


def stop_path(notice):
    return headers_of(notice)["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")


def stop_all_path(notice):
    return letter_of(notice).text.partition("Зупинити всі розсилки: http://localhost:8000")[2].split()[0]


@pytest.fixture
def letter(resident, community):
    """A letter about one lamp, to somebody who follows the community too, once a day."""
    subscribed(resident, LAMP, community)
    subscribed(resident, COMMUNITY, community, rhythm=Rhythm.DAILY)
    lit(community)
    return Notice.objects.get()


def followed():
    return sorted(Subscription.objects.values_list("kind", flat=True))


def test_one_click_stops_that_subscription_only(client, letter):
    assert headers_of(letter)["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = stop_path(letter)
    assert client.get(path).status_code == 200
    assert followed() == ["community", "item"], "mail scanners follow links"
    for _ in range(2):
        assert client.post(path, ONE_CLICK).status_code == 200
    assert followed() == ["community"]


def test_whoever_stopped_by_mistake_begins_again(client, letter):
    path = stop_path(letter)
    assert "Повернути листи" in client.post(path, {"mail": "off"}).content.decode()
    assert "Листи знову надходитимуть" in client.post(path, {"mail": "on"}).content.decode()
    row = Subscription.objects.get(kind="item")
    assert (row.key, row.rhythm, row.source) == ("5", "immediate", "letter")


def test_a_digest_stops_what_it_gathers(client, letter, community):
    lit(community, 6, title="Парк")
    send_out_due_digests(now=EVENING)
    digest = Notice.objects.get(template="notices/digest.html")
    path = stop_path(digest)
    client.get(path)
    assert followed() == ["community", "item"]
    client.post(path, ONE_CLICK)
    assert followed() == ["item"]


def test_the_link_at_the_end_stops_everything(client, letter):
    path = stop_all_path(letter)
    assert "Більше не писати вам?" in client.get(path).content.decode()
    assert followed() == ["community", "item"]
    client.post(path, {"mail": "off"})
    assert followed() == []
    assert not MailChoice.objects.filter(topic__in=["account", "staff"]).exists()
    client.post(path, {"mail": "on"})
    assert followed() == [], "what was followed is chosen anew"


def test_what_was_stopped_on_its_way_is_not_sent(client, letter, settings):
    client.post(stop_path(letter), ONE_CLICK)
    server = Accepting()
    with listening(server) as url:
        settings.EDEM = settings.EDEM.model_copy(update={"smtp_url": url})
        mailing.send_queued(now=NOW)
    assert server.letters == []
    assert Notice.objects.values_list("state", "reply").get() == (MailState.NOT_MAILED, "unsubscribed")


def test_a_digest_stopped_on_its_way_is_not_sent(client, letter, community, settings):
    Notice.objects.all().delete()
    lit(community, 6, title="Парк")
    send_out_due_digests(now=EVENING)
    client.post(stop_path(Notice.objects.get(template="notices/digest.html")), ONE_CLICK)
    server = Accepting()
    with listening(server) as url:
        settings.EDEM = settings.EDEM.model_copy(update={"smtp_url": url})
        mailing.send_queued(now=EVENING)
    assert server.letters == []
    assert Notice.objects.get().reply == "unsubscribed"


def test_nobody_reads_from_the_link_whose_it_is(letter, resident):
    path = stop_path(letter)
    assert str(resident.pk) not in path
    assert "lamps" not in path
    assert len(path) < 300
