"""Carries a sign-in from the platform's host to a community's own by a one-time code, bound to one browser."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from edem.foundation.communities.models import Community
from edem.foundation.identity.models import HandOver, SignIn
from edem.foundation.people.half_way import hold_sign_ins_of
from edem.foundation.people.models import Person
from edem.kernel.errors import NotAllowed

SECRET = "hand_over_secret"  # noqa: S105 - where the session keeps it
LIFE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    person: Person
    next_path: str
    method: str
    second_factor: bool
    origin: str
    """The session on the platform's host: the two end together."""


def browser_hash(session: SessionBase) -> str:
    """Of this browser's secret on the community's host; made when it asks to sign in."""
    return hashlib.sha256(session.setdefault(SECRET, secrets.token_urlsafe(32)).encode()).hexdigest()


@transaction.atomic(durable=True)
def hand_over(
    person: Person,
    community: Community,
    *,
    browser: str,
    next_path: str,
    method: str,
    second_factor: bool,
    origin: str = "",
    now: datetime,
) -> str:
    """Give a code that is good for a minute, once, in the browser that asked."""
    code = secrets.token_urlsafe(32)
    HandOver.objects.filter(expires_at__lte=now).delete()
    HandOver.objects.create(
        code_hash=_hash(code),
        browser_hash=browser,
        person=person,
        community=community,
        next_path=next_path,
        method=method,
        second_factor=second_factor,
        origin=origin,
        expires_at=now + LIFE,
    )
    return code


@transaction.atomic(durable=True)
def receive(code: str, community: Community, *, browser: str, now: datetime) -> Arrival:
    """Take the sign-in over; a code used twice, late, elsewhere or in another browser is refused."""
    codes = HandOver.objects.select_for_update(of=("self",)).filter(code_hash=_hash(code), community=community)
    given = codes.filter(used_at__isnull=True, expires_at__gt=now, browser_hash=browser).order_by("pk").first()
    if given is None or not given.person.is_active:
        raise NotAllowed("identity.hand_over_refused")
    given.used_at = now
    given.save(update_fields=["used_at"])
    return Arrival(
        person=given.person, next_path=given.next_path, method=given.method, second_factor=given.second_factor,
        origin=given.origin,
    )  # fmt: skip


def check_goes_on(arrival: Arrival) -> None:
    """Within the transaction that makes the session here: a code given just before the sign-out opens nothing."""
    hold_sign_ins_of(arrival.person.pk)
    if SignIn.objects.filter(session_key=arrival.origin, ended_at__isnull=False).exists():
        raise NotAllowed("identity.hand_over_refused")


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
