"""One message to one browser, through the push service that the browser chose (RFC 8030)."""

import json
from datetime import datetime
from http import HTTPStatus
from ipaddress import ip_network
from typing import Final

import httpx
from django.conf import settings
from django.utils import translation

from edem.foundation.calling import web_authorities
from edem.foundation.communities.addresses import address_of_page
from edem.foundation.identity.contacts.devices import PushSubscription, forget_device, open_device
from edem.foundation.identity.signatures.addresses import NotAllowedAddress, place_of
from edem.foundation.notices.models import Message
from edem.foundation.notices.post import Fate, Outcome
from edem.foundation.notices.push.choosing import are_pushes_sent, contact
from edem.foundation.notices.push.encrypting import UnreadableKeyError, encrypted
from edem.foundation.notices.push.vapid import as_bytes, authorization
from edem.foundation.notices.queries import is_pushed

_NOTHING_WENT_OUT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_PATIENCE: Final = httpx.Timeout(10, connect=5)
_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_COME_AGAIN: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


def send_push(message: Message, *, now: datetime) -> Outcome | str:
    """A word instead of an outcome: nothing was sent, and why. A browser that is gone is forgotten."""
    assert message.device_id is not None
    if not are_pushes_sent():
        return "no_key"
    if not is_pushed(message.person_id, message.topic):
        return "unsubscribed"
    subscription = open_device(message.device_id, message.person_id)
    if subscription is None:
        return "no_device"
    try:
        body = encrypted(_words(message), p256dh=as_bytes(subscription.p256dh), auth=as_bytes(subscription.auth))
    except (UnreadableKeyError, ValueError):
        forget_device(message.device_id, person_id=message.person_id)
        return "malformed"
    outcome = _sent(body, subscription, message, now=now)
    if outcome.code in _GONE:
        forget_device(message.device_id, person_id=message.person_id)
    return outcome


def _words(message: Message) -> bytes:
    with translation.override(message.language):
        said = {
            "title": message.community.name,
            "body": message.words,
            "url": address_of_page(message.community, message.path),
            "tag": str(message.pk),
        }
    return json.dumps(said, ensure_ascii=False).encode()


def _sent(body: bytes, subscription: PushSubscription, message: Message, *, now: datetime) -> Outcome:
    headers = {
        "Authorization": authorization(subscription.endpoint, key=settings.EDEM.push_key, contact=contact(), now=now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, int((message.expires_at - now).total_seconds()))),
        "Topic": message.pk.hex,
    }
    try:
        place = place_of(subscription.endpoint, inner=[ip_network(each) for each in settings.EDEM.push_networks])
        with (
            httpx.Client(timeout=_PATIENCE, trust_env=False, verify=web_authorities()) as client,
            client.stream(
                "POST", place.url, content=body, headers=headers | place.headers, extensions=place.extensions
            ) as answer,
        ):
            return _outcome(answer.status_code)
    except (NotAllowedAddress, *_NOTHING_WENT_OUT):
        return Outcome(Fate.LATER)
    except httpx.HTTPError:
        return Outcome(Fate.UNKNOWN)


def _outcome(status: int) -> Outcome:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome(Fate.SENT, code=status)
    if status in _COME_AGAIN:
        return Outcome(Fate.LATER, code=status)
    unknown = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return Outcome(Fate.UNKNOWN if unknown else Fate.REFUSED, code=status)
