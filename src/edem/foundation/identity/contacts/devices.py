"""Browsers where people have turned messages on. Where they are and their keys are sealed, opened only to send."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction

from edem.foundation.identity.contacts.codes import mark_of_address
from edem.foundation.identity.keys import vault_keys
from edem.foundation.identity.models import Device
from edem.foundation.identity.sealing import seal, unseal
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Invalid

MOST: Final = 10
"""Browsers of one person."""
LONGEST: Final = 1_000


@dataclass(frozen=True, kw_only=True)
class PushSubscription:
    """What a browser gives (Push API): its address at the push service, its public key and its secret."""

    endpoint: str
    p256dh: str
    auth: str


@transaction.atomic(durable=True)
def keep_device(
    person: Person, subscription: PushSubscription, *, community_id: int, words: str, now: datetime
) -> None:
    """A browser belongs to whoever turned messages on in it last."""
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)

    _check_address(subscription.endpoint)
    mark = mark_of_address(subscription.endpoint)
    if Device.objects.filter(person=person).exclude(mark=mark).count() >= MOST:
        raise Conflict("identity.devices_enough", most=MOST)

    Device.objects.filter(mark=mark).delete()
    device = Device(person=person, community_id=community_id, mark=mark, words=words, since=now)
    device.subscription = seal(json.dumps(asdict(subscription)).encode(), place=_place(device.pk), ring=vault_keys())
    device.save(force_insert=True)


def devices_of(person: Person) -> Sequence[Device]:
    return list(Device.objects.filter(person=person).order_by("-since", "pk"))


def devices_of_many(people: Collection[UUID]) -> Mapping[UUID, Sequence[UUID]]:
    """Person → the numbers of their browsers; only those who have any."""
    found: dict[UUID, list[UUID]] = {}
    known = Device.objects.filter(person_id__in=people).order_by("pk").values_list("person_id", "pk")
    for person_id, device_id in known:
        found.setdefault(person_id, []).append(device_id)
    return found


def open_device(device_id: UUID, person_id: UUID) -> PushSubscription | None:
    """None when it was turned off or went over to somebody else."""
    device = Device.objects.filter(pk=device_id, person_id=person_id, person__is_active=True).order_by("pk").first()
    if device is None:
        return None
    opened = unseal(bytes(device.subscription), place=_place(device.pk), ring=vault_keys())
    return PushSubscription(**json.loads(opened))


def forget_device(device_id: UUID, *, person_id: UUID) -> None:
    """What is gone already stays gone: two presses of one button are no error."""
    Device.objects.filter(pk=device_id, person_id=person_id).delete()


def forget_devices(person: Person) -> None:
    """Part of an action: with the consent all browsers go."""
    Device.objects.filter(person=person).delete()


def _place(device_id: UUID) -> str:
    return f"identity_device.subscription.{device_id}"


def _check_address(endpoint: str) -> None:
    """The browser names where we shall write to: https and its own port, and nothing that breaks out of a line."""
    try:
        parts = urlsplit(endpoint)
        usual = parts.scheme == "https" and parts.port in {None, 443}
    except ValueError:
        raise Invalid("identity.device_wrong") from None
    simulated = bool(settings.EDEM.push_networks) and parts.scheme == "http"
    clean = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint and len(endpoint) <= LONGEST
    bare = parts.hostname and not (parts.username or parts.password or parts.fragment)
    if not (clean and bare and (usual or simulated)):
        raise Invalid("identity.device_wrong")
