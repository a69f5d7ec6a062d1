"""Numbers and news of petitions, for the homes and the indicators."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet, Sum

from edem.foundation.communities.models import Community
from edem.services.petitions.models import Petition, PetitionStep
from edem.services.petitions.models.petition import LACKING
from edem.services.petitions.rules.lifecycle import IN_PUBLIC, State

_NEWS = (State.COLLECTING, State.REACHED, State.CONSIDERATION, State.ANSWERED, State.FULFILLED)


def collecting_in(community: Community | None, now: datetime) -> QuerySet[Petition]:
    found = Petition.objects.filter(state=State.COLLECTING, closes_at__gt=now)
    return (found.filter(community=community) if community else found).order_by("closes_at", "pk")


def nearly_there(community: Community, now: datetime, *, limit: int) -> QuerySet[Petition]:
    found = collecting_in(community, now).annotate(lacking=LACKING).filter(lacking__gt=0)
    return found.order_by("lacking", "closes_at", "pk")[:limit]


def answered_in(community: Community | None) -> int:
    found = Petition.objects.filter(answered_at__isnull=False)
    return (found.filter(community=community) if community else found).count()


def signatures_in(community: Community | None) -> int:
    found = Petition.objects.filter(state__in=list(IN_PUBLIC))
    found = found.filter(community=community) if community else found
    sums = found.aggregate(own=Sum("signature_count"), imported=Sum("imported_count"))
    return (sums["own"] or 0) + (sums["imported"] or 0)


def newest_steps(community: Community | None, *, now: datetime, limit: int) -> Sequence[PetitionStep]:
    """The newest public steps that a neighbour would want to hear of, one a petition."""
    within = Q(petition__community=community) if community else Q(petition__community__is_open=True)
    steps = PetitionStep.objects.filter(within, public=True, at__lte=now, to_state__in=_NEWS)
    newest: dict[int, PetitionStep] = {}
    for step in steps.select_related("petition__community").order_by("-at", "-pk")[: limit * 4]:
        newest.setdefault(step.petition_id, step)
    return list(newest.values())[:limit]
