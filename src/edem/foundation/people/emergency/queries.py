"""Reads about access in emergencies: what is open now, what waits for its review, the public figures."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from edem.foundation.people.models import EmergencyAccess
from edem.foundation.people.roles import LABELS, Role


def emergencies_open(community_id: int, *, now: datetime) -> QuerySet[EmergencyAccess]:
    accesses = EmergencyAccess.objects.filter(community_id=community_id, closed_at=None, until__gt=now)
    return accesses.select_related("person").order_by("until", "pk")


def emergency_of(person_id: uuid.UUID, community_id: int, *, now: datetime) -> EmergencyAccess | None:
    return emergencies_open(community_id, now=now).filter(person_id=person_id).first()


def emergencies_to_review(community_id: int) -> QuerySet[EmergencyAccess]:
    accesses = EmergencyAccess.objects.filter(community_id=community_id, closed_at__isnull=False, reviewed_at=None)
    return accesses.select_related("person").order_by("closed_at", "pk")


def emergencies_in(community_id: int) -> QuerySet[EmergencyAccess]:
    accesses = EmergencyAccess.objects.filter(community_id=community_id)
    return accesses.select_related("person", "closed_by", "reviewed_by").order_by("-opened_at", "-pk")


def emergency_told(emergency_id: int) -> EmergencyAccess | None:
    accesses = EmergencyAccess.objects.filter(pk=emergency_id)
    return accesses.select_related("community", "person").order_by("pk").first()


@dataclass(frozen=True, kw_only=True)
class YearOfEmergencies:
    """Public: how often, for how long and with what findings; never who."""

    year: int
    opened: int
    minutes: int
    of_roles: Mapping[str, int]
    """The role's label → how often."""
    justified: int
    unjustified: int
    waiting: int


def figures_of(community_id: int, *, now: datetime) -> list[YearOfEmergencies]:
    by_year: dict[int, list[EmergencyAccess]] = {}
    for access in EmergencyAccess.objects.filter(community_id=community_id).order_by("-opened_at", "-pk"):
        by_year.setdefault(access.opened_at.year, []).append(access)
    return [_year(year, accesses, now=now) for year, accesses in by_year.items()]


def _year(year: int, accesses: list[EmergencyAccess], *, now: datetime) -> YearOfEmergencies:
    lasted = [(each.closed_at or min(now, each.until)) - each.opened_at for each in accesses]
    found = Counter(each.finding for each in accesses)
    return YearOfEmergencies(
        year=year,
        opened=len(accesses),
        minutes=round(sum(each.total_seconds() for each in lasted) / 60),
        of_roles=dict(Counter(LABELS[Role(each.role)] for each in accesses).most_common()),
        justified=found[EmergencyAccess.Finding.JUSTIFIED],
        unjustified=found[EmergencyAccess.Finding.UNJUSTIFIED],
        waiting=found[""],
    )
