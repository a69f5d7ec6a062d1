"""Messages to browsers: the standard's own example, and a push service and a browser that really take them."""

import json
from base64 import urlsafe_b64decode
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.identity.actions import withdraw_consent
from edem.foundation.identity.contacts.devices import MOST, PushSubscription, forget_device, keep_device, open_device
from edem.foundation.identity.models import Device
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.notices.actions import Mail, send_notice
from edem.foundation.notices.channels import choose_channels
from edem.foundation.notices.messaging import send_messages
from edem.foundation.notices.models import Message, MessageState
from edem.foundation.notices.push.encrypting import LARGEST, Keys, encrypted
from edem.foundation.notices.push.vapid import as_bytes, as_text, is_key_pair, public_key
from edem.foundation.notices.tests.moments import NOW
from edem.foundation.notices.tests.push_services import Browser, push_service
from edem.foundation.notices.topics import ACCOUNT, choosable_topics
from edem.kernel.errors import Conflict, Invalid

KEY = "5e" * 32


@pytest.fixture
def service(settings):
    with push_service() as (taking, address):
        more = {"push_key": KEY, "push_networks": ["127.0.0.0/8"], "push_contact": "mailto:it@example.com"}
        settings.EDEM = settings.EDEM.model_copy(update=more)
        taking.address = address
        yield taking


@pytest.fixture
def community(db):
    return CommunityFactory(slug="vyshnevohirsk")


@pytest.fixture
def me(community):
    return identified_resident()


def turn_on(person, service, community, *, path="/push/1", browser=None):
    browser = browser or Browser()
    keep_device(
        person, PushSubscription(endpoint=f"{service.address}{path}", **browser.keys),
        community_id=community.pk, words="Firefox, Android", now=NOW,
    )  # fmt: skip
    return browser


def tell(person, community, *, once="1"):
    mail = Mail(
        topic=ACCOUNT, template="notices/account/correction_decided.html", path="/cabinet/my-data/correct/", once=once
    )
    send_notice(person.pk, mail, community=community, now=NOW)


def test_the_example_of_the_standard_comes_out_to_the_letter():
    """RFC 8291, section 5."""
    private = int.from_bytes(as_bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
    keys = Keys(ec.derive_private_key(private, ec.SECP256R1()), as_bytes("DGv6ra1nlYgDCS1FRnbzlw"))
    made = encrypted(
        b"When I grow up, I want to be a watermelon",
        p256dh=as_bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        auth=as_bytes("BTBZMqHH6r4Tts7J_aSIgg"),
        keys=keys,
    )
    assert as_text(made) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_a_browser_reads_what_was_encrypted_for_it_and_another_does_not():
    browser, other = Browser(), Browser()
    body = encrypted("Ліхтар засвічено".encode(), p256dh=browser.public, auth=browser.secret)
    assert browser.read(body).decode() == "Ліхтар засвічено"
    other.public = browser.public
    with pytest.raises(InvalidTag):
        other.read(body)
    with pytest.raises(ValueError, match="at most"):
        encrypted(b"x" * (LARGEST + 1), p256dh=browser.public, auth=browser.secret)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [("", ""), ("A", "A"), ("ключ", "AAAAAAAAAAAAAAAAAAAAAA"), (as_text(b"\x04" + b"\x01" * 64), as_text(b"0" * 16)),
     (as_text(Browser().public), as_text(b"0" * 15)), (as_text(Browser().public[:33]), as_text(b"0" * 16))],
    ids=["nothing", "too little", "letters", "no point", "short secret", "half a point"],
)  # fmt: skip
def test_what_is_no_key_of_a_browser_is_refused(p256dh, auth):
    assert not is_key_pair(p256dh, auth)


@pytest.mark.django_db
def test_a_message_comes_to_the_browser_signed_and_readable_only_there(me, community, service):
    browser = turn_on(me, service, community)
    tell(me, community)
    send_messages(now=NOW)
    [(path, headers, body)] = service.taken
    said = json.loads(browser.read(body))
    assert path == "/push/1"
    assert said["title"] == community.name
    assert said["body"] == "Ваше прохання виправити дані розглянуто"
    assert said["url"].endswith("/vyshnevohirsk/cabinet/my-data/correct/")
    assert "розглянуто".encode() not in body
    assert (headers["Content-Encoding"], headers["TTL"]) == ("aes128gcm", "86400")
    check_vapid(headers["Authorization"], audience=service.address)
    message = Message.objects.get()
    assert (message.state, message.reply) == (MessageState.SENT, "201")
    send_messages(now=NOW + timedelta(minutes=2))
    tell(me, community)
    send_messages(now=NOW + timedelta(minutes=2))
    assert len(service.taken) == 1


def check_vapid(header, *, audience):
    assert header.startswith("vapid t=")
    token, _, key = header.removeprefix("vapid t=").partition(", k=")
    assert key == public_key(KEY)
    signed, _, signature = token.rpartition(".")
    claims = json.loads(urlsafe_b64decode(signed.partition(".")[2] + "=="))
    assert claims == {
        "aud": audience,
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
        "sub": "mailto:it@example.com",
    }
    raw = as_bytes(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), as_bytes(key))
    point.verify(der, signed.encode(), ec.ECDSA(SHA256()))


@pytest.mark.django_db
@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(me, community, service, status):
    turn_on(me, service, community)
    service.status = status
    tell(me, community)
    send_messages(now=NOW)
    assert Message.objects.get().state == MessageState.FAILED
    assert not Device.objects.exists()
    tell(me, community, once="2")
    assert Message.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "state"),
    [(429, MessageState.QUEUED), (503, MessageState.QUEUED), (500, MessageState.UNKNOWN), (0, MessageState.UNKNOWN),
     (400, MessageState.FAILED), (413, MessageState.FAILED), (301, MessageState.FAILED)],
)  # fmt: skip
def test_each_answer_has_its_outcome_and_the_browser_stays(me, community, service, status, state):
    turn_on(me, service, community)
    service.status = status
    tell(me, community)
    send_messages(now=NOW)
    assert Message.objects.get().state == state
    assert Device.objects.exists()
    assert len(service.taken) == 1


@pytest.mark.django_db
def test_each_browser_is_told_and_a_topic_turned_off_is_not(me, community, service):
    for number in range(2):
        turn_on(me, service, community, path=f"/push/{number}")
    tell(me, community)
    send_messages(now=NOW)
    assert sorted(path for path, _, _ in service.taken) == ["/push/0", "/push/1"]
    choose_channels(me.pk, mailed=list(choosable_topics()), texted=[], pushed=[], now=NOW)
    tell(me, community, once="2")
    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_a_browser_belongs_to_whoever_turned_it_on_last(me, community, service):
    turn_on(me, service, community)
    other = identified_resident()
    turn_on(other, service, community)
    tell(me, community)
    assert not Message.objects.exists()
    assert Device.objects.get().person == other


@pytest.mark.django_db
def test_what_was_turned_off_after_it_was_queued_is_not_sent(me, community, service):
    turn_on(me, service, community)
    tell(me, community)
    forget_device(Device.objects.get().pk, person_id=identified_resident().pk)
    assert Device.objects.exists()
    forget_device(Device.objects.get().pk, person_id=me.pk)
    send_messages(now=NOW)
    assert Message.objects.values_list("state", "reply").get() == (MessageState.NOT_SENT, "no_device")
    assert service.taken == []


@pytest.mark.django_db
def test_nothing_goes_into_our_own_networks(me, community, service, settings):
    turn_on(me, service, community)
    tell(me, community)
    settings.EDEM = settings.EDEM.model_copy(update={"push_networks": []})
    send_messages(now=NOW)
    assert service.taken == []
    assert Message.objects.get().state == MessageState.QUEUED


@pytest.mark.django_db
@pytest.mark.parametrize(
    "endpoint",
    ["", "http://push.example/1", "ftp://push.example/1", "https://", "https://user:word@push.example/1",
     "https://push.example:8443/1", "https://push.example/1#x", "https://push.example/1\r\nX: y", "https://[::1",
     "https://push.example:bad/", "https://push.example/" + "x" * 1000, "https://пуш.example/1", "javascript:alert(1)"],
)  # fmt: skip
def test_a_browser_cannot_name_a_place_that_is_no_push_service(me, community, endpoint):
    with pytest.raises(Invalid, match="device_wrong"):
        keep_device(
            me, PushSubscription(endpoint=endpoint, **Browser().keys), community_id=community.pk, words="", now=NOW
        )


@pytest.mark.django_db
def test_a_person_has_so_many_browsers_and_no_more_and_none_without_consent(me, community, service):
    for number in range(MOST):
        turn_on(me, service, community, path=f"/{number}")
    with pytest.raises(Conflict, match="devices_enough"):
        turn_on(me, service, community, path="/one-too-many")
    turn_on(me, service, community, path="/0")
    assert open_device(Device.objects.first().pk, me.pk) is not None
    withdraw_consent(me, now=NOW)
    assert not Device.objects.exists()


@pytest.mark.django_db
def test_neither_place_nor_secret_of_a_browser_is_in_its_row(me, community, service):
    browser = turn_on(me, service, community, path="/secret-place")
    [row] = Device.objects.values()
    written = repr([bytes(each) if isinstance(each, memoryview) else each for each in row.values()])
    assert "secret-place" not in written
    assert browser.keys["auth"] not in written


@pytest.mark.django_db
def test_without_a_key_nothing_is_queued(me, community, service, settings):
    turn_on(me, service, community)
    settings.EDEM = settings.EDEM.model_copy(update={"push_key": ""})
    tell(me, community)
    assert not Message.objects.exists()
