"""Making, checking and ending API keys."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.models import Community, Organisation
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing, NotAllowed
from edem.portals.public_api.models import ApiKey

LIFE = timedelta(days=365)


@transaction.atomic(durable=True)
def make_key(community: Community, name: str, *, organisation: Organisation | None, by: Person, now: datetime) -> str:
    """Make a key and return it; this is the only time it can be read."""
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        community=community,
        organisation=organisation,
        name=name,
        prefix=prefix,
        digest=digest_of(secret),
        made_by=by,
        made_at=now,
        expires_at=now + LIFE,
    )
    record_staff_act(by, "api_key.made", community_id=community.pk, subject=key, now=now)
    return f"edem_{prefix}_{secret}"


@transaction.atomic(durable=True)
def end_key(community: Community, key_id: int, *, by: Person, now: datetime) -> None:
    key = ApiKey.objects.select_for_update(of=("self",)).filter(community=community, pk=key_id).order_by("pk").first()
    if key is None:
        raise Missing("api.no_such_key")
    key.ended_at = key.ended_at or now
    key.save(update_fields=["ended_at"])
    record_staff_act(by, "api_key.ended", community_id=community.pk, subject=key, now=now)


def keys_of(community: Community) -> QuerySet[ApiKey]:
    return ApiKey.objects.filter(community=community).select_related("organisation").order_by("-made_at", "pk")


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
