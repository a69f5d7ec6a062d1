"""Petitions by their clocks: to be closed, due, overdue."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, QuerySet

from edem.foundation.communities.models import Community
from edem.services.petitions.models import Petition
from edem.services.petitions.rules.lifecycle import State


def petitions_to_close(now: datetime) -> Sequence[int]:
    ended = Petition.objects.filter(state=State.COLLECTING, closes_at__lte=now)
    return list(ended.order_by("closes_at", "pk").values_list("pk", flat=True))


def petitions_in(community: Community, *states: State) -> QuerySet[Petition]:
    """Sorted by the clock: what is overdue longest comes first, so nothing overdue can hide."""
    found = Petition.objects.filter(community=community, state__in=states)
    return found.order_by(F("due_at").asc(nulls_last=True), "pk")
