"""Reads about outside providers and the accounts linked to them."""

from datetime import datetime

from django.db.models import Q, QuerySet

from edem.foundation.people.models import OutsideAccount, OutsideInvitation, OutsideProvider, Person
from edem.foundation.people.outside.codes import hash_of


def providers_open() -> QuerySet[OutsideProvider]:
    return OutsideProvider.objects.filter(closed_at=None).select_related("community").order_by("name", "pk")


def providers_for(slug: str) -> QuerySet[OutsideProvider]:
    """Those that staff of this community may come through: its own and the ones for all."""
    return providers_open().filter(Q(community=None) | Q(community__slug=slug))


def provider_called(code: str) -> OutsideProvider | None:
    return providers_open().filter(code=code).first()


def account_known_by(provider: OutsideProvider, subject: str) -> OutsideAccount | None:
    known = OutsideAccount.objects.filter(provider=provider, subject=subject, ended_at=None)
    return known.select_related("person").order_by("pk").first()


def accounts_of(person: Person) -> QuerySet[OutsideAccount]:
    accounts = OutsideAccount.objects.filter(person=person, ended_at=None)
    return accounts.select_related("provider").order_by("linked_at", "pk")


def accounts_in(community_id: int) -> QuerySet[OutsideAccount]:
    """Of everybody who holds a role in the community, for its administrator."""
    serving = Q(person__grants__community_id=community_id, person__grants__ended_at=None)
    accounts = OutsideAccount.objects.filter(serving, ended_at=None).distinct()
    return accounts.select_related("provider", "person").order_by("person__name_key", "pk")


def invitation_known_by(code: str, *, now: datetime) -> OutsideInvitation | None:
    good = OutsideInvitation.objects.filter(code_hash=hash_of(code), used_at=None, expires_at__gt=now)
    return good.select_related("person", "provider").order_by("pk").first()
