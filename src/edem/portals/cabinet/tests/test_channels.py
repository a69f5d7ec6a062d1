"""«Як вам писати»: what each topic comes by, and the browsers that take messages."""

import html
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta

import pytest

from edem.foundation.identity.models import Device
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.notices.channels import choices_of
from edem.foundation.notices.tests.push_services import Browser

pytestmark = pytest.mark.django_db
HERE = "/zhytomyr/cabinet/channels/"
PLACE = "https://push.example/abc"


@pytest.fixture
def me(client, community):
    person = identified_resident(community, since=datetime.now(UTC) - timedelta(days=2))
    client.sign_in(person)
    return person


@pytest.fixture
def all_channels(settings):
    settings.EDEM = settings.EDEM.model_copy(update={"sms_url": "http://127.0.0.1:9", "push_key": "5e" * 32})


def page(answer, *, status=200):
    assert answer.status_code == status, answer.content.decode()[:1500]
    return html.unescape(answer.content.decode())


def chosen_by(person, channel):
    return {each.topic for each in choices_of(person.pk) if getattr(each, channel)}


def test_each_topic_is_chosen_for_each_channel(me, client, all_channels):
    shown = page(client.get(HERE))
    assert "SMS надсилаємо лише на підтверджений номер" in shown
    assert 'name="texted" value="petitions.milestones"' not in shown
    sent = {"mailed": ["account", "petitions.mine"], "texted": ["petitions.mine"], "pushed": ["account"]}
    assert client.post(HERE, sent)["Location"] == HERE
    assert chosen_by(me, "is_mailed") == {"account", "petitions.mine"}
    assert chosen_by(me, "is_texted") == {"petitions.mine"}
    assert chosen_by(me, "is_pushed") == {"account"}


@pytest.mark.parametrize("sent", [{"texted": ["petitions.milestones"]}, {"mailed": ["nothing"]}, {"pushed": ["\x00"]}])
def test_what_is_not_offered_is_not_chosen(me, client, all_channels, sent):
    page(client.post(HERE, sent), status=422)
    assert chosen_by(me, "is_texted") == set()


def test_a_channel_that_is_not_there_is_not_offered_and_keeps_what_was_chosen(me, client, all_channels, settings):
    client.post(HERE, {"mailed": [], "texted": ["account"], "pushed": ["account"]})
    settings.EDEM = settings.EDEM.model_copy(update={"sms_url": "", "push_key": ""})
    shown = page(client.get(HERE))
    assert 'name="texted"' not in shown
    assert "data-worker" not in shown
    client.post(HERE, {"mailed": ["account"], "texted": []})
    assert chosen_by(me, "is_texted") == {"account"}
    assert chosen_by(me, "is_pushed") == {"account"}
    page(client.get("/zhytomyr/cabinet/contacts/phone/"), status=409)
    page(client.post(f"{HERE}browsers/", {"endpoint": PLACE, **Browser().keys}), status=422)


def test_a_browser_is_turned_on_and_off(me, client, all_channels):
    shown = page(client.get(HERE))
    key = shown.partition('data-key="')[2].partition('"')[0]
    assert len(urlsafe_b64decode(key + "=")) == 65
    assert 'data-scope="/zhytomyr/"' in shown
    agent = "Mozilla/5.0 (Android 14; Mobile) Firefox/130.0"
    answer = client.post(f"{HERE}browsers/", {"endpoint": PLACE, **Browser().keys}, headers={"user-agent": agent})
    assert answer["Location"] == HERE
    assert "Firefox, Android" in page(client.get(HERE))
    assert "Браузери, куди йдуть повідомлення" in page(client.get("/zhytomyr/cabinet/my-data/"))
    copy = client.post("/zhytomyr/cabinet/my-data/copy/json/").content.decode()
    assert "Firefox, Android" in copy
    assert PLACE not in copy
    assert client.post("/zhytomyr/cabinet/my-data/copy/pdf/").content.startswith(b"%PDF")
    device = Device.objects.get(person=me)
    client.post(f"{HERE}browsers/{device.pk}/off/")
    assert not Device.objects.exists()


def test_nobody_turns_off_the_browser_of_somebody_else(me, client, community, all_channels):
    client.post(f"{HERE}browsers/", {"endpoint": PLACE, **Browser().keys})
    client.sign_in(identified_resident(community))
    client.post(f"{HERE}browsers/{Device.objects.get().pk}/off/")
    assert Device.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"endpoint": "http://127.0.0.1/"}, {"endpoint": ""}, {"p256dh": "x"}, {"auth": "x"}, {"auth": "ключ"},
     {"p256dh": "A" * 300}, {"endpoint": "https://push.example/" + "x" * 2_000}],
)  # fmt: skip
def test_a_browser_that_says_nonsense_is_refused(me, client, all_channels, wrong):
    page(client.post(f"{HERE}browsers/", {"endpoint": PLACE, **Browser().keys, **wrong}), status=422)
    assert not Device.objects.exists()


def test_the_worker_serves_this_community_alone_and_may_load_nothing(client, community):
    answer = client.get(f"{HERE}push-worker.js")
    assert answer.status_code == 200
    assert answer["Service-Worker-Allowed"] == "/zhytomyr/"
    assert answer["Content-Security-Policy"] == "default-src 'none'"
    assert answer["Content-Type"].startswith("text/javascript")
    assert b"showNotification" in answer.content
