"""Making, checking and ending API keys."""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.models import Community, Organisation
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Missing, NotAllowed
from edem.portals.public_api.models import ApiKey

DAY = timedelta(days=1)
LIVES = (30, 90, 365)
"""Days."""
OVERLAPS = (1, 7, 30)
"""Days for which the old key goes on beside the new one."""


@dataclass(frozen=True, kw_only=True)
class KeyFacts:
    name: str
    organisation: Organisation | None = None
    scopes: Collection[str] = ()
    per_minute: int | None = None
    days: int = LIVES[-1]


@transaction.atomic(durable=True)
def make_key(community: Community, facts: KeyFacts, *, by: Person, now: datetime) -> str:
    """Make a key and return it; this is the only time it can be read."""
    key, whole = _made(community, facts, by=by, now=now)

    record_staff_act(by, "api_key.made", community_id=community.pk, subject=key, now=now, prefix=key.prefix)
    return whole


@transaction.atomic(durable=True)
def rotate_key(community: Community, key_id: int, *, overlap: int, by: Person, now: datetime) -> str:
    """Make a new key for the same; the old one works for some days more, so that no program falls silent."""
    old = _locked(community, key_id)
    if old is None:
        raise Missing("api.no_such_key")
    if old.ended_at is not None or old.expires_at <= now or ApiKey.objects.filter(replaces=old).exists():
        raise Conflict("api.key_not_to_rotate")

    life = max(1, round((old.expires_at - old.made_at).total_seconds() / DAY.total_seconds()))
    facts = KeyFacts(
        name=old.name, organisation=old.organisation, scopes=old.scopes or (), per_minute=old.per_minute, days=life
    )
    new, whole = _made(community, facts, by=by, now=now, replaces=old)
    old.expires_at = min(old.expires_at, now + overlap * DAY)
    old.save(update_fields=["expires_at"])

    record_staff_act(
        by, "api_key.rotated", community_id=community.pk, subject=new, now=now, prefix=new.prefix, before=old.prefix
    )
    return whole


def _made(
    community: Community, facts: KeyFacts, *, by: Person, now: datetime, replaces: ApiKey | None = None
) -> tuple[ApiKey, str]:
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        community=community,
        organisation=facts.organisation,
        name=facts.name,
        prefix=prefix,
        digest=digest_of(secret),
        scopes=None if replaces and replaces.scopes is None else sorted(facts.scopes),
        per_minute=facts.per_minute,
        replaces=replaces,
        made_by=by,
        made_at=now,
        expires_at=now + facts.days * DAY,
    )
    return key, f"edem_{prefix}_{secret}"


@transaction.atomic(durable=True)
def end_key(community: Community, key_id: int, *, by: Person, now: datetime) -> None:
    key = _locked(community, key_id)
    if key is None:
        raise Missing("api.no_such_key")
    key.ended_at = key.ended_at or now
    key.save(update_fields=["ended_at"])
    record_staff_act(by, "api_key.ended", community_id=community.pk, subject=key, now=now)


def _locked(community: Community, key_id: int) -> ApiKey | None:
    return ApiKey.objects.select_for_update(of=("self",)).filter(community=community, pk=key_id).order_by("pk").first()


def keys_of(community: Community) -> QuerySet[ApiKey]:
    return (
        ApiKey.objects.filter(community=community)
        .select_related("organisation", "replaced_by")
        .order_by("-made_at", "pk")
    )


def key_for(community_id: int, presented: str, *, now: datetime) -> ApiKey:
    """The key that a program brought; one that is unknown, ended or out of date is refused."""
    parts = presented.split("_", 2)
    prefix, secret = (parts[1], parts[2]) if len(parts) == 3 and parts[0] == "edem" else ("", "")  # noqa: PLR2004
    key = ApiKey.objects.filter(prefix=prefix, community_id=community_id).order_by("pk").first()
    known = key is not None and hmac.compare_digest(bytes(key.digest), digest_of(secret))
    if key is None or not known or key.ended_at is not None or key.expires_at <= now:
        raise NotAllowed("api.bad_key")
    today = now.date()
    if key.last_used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)
    return key


def digest_of(secret: str) -> bytes:
    # A key is 256 random bits, so one round of SHA-256 is enough: there is no password to guess.
    return hashlib.sha256(secret.encode()).digest()
