"""Counts as pages poll them: the live counter and its JSON twin."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from edem.foundation.live.counters import Payload, Shown
from edem.services.petitions.models import Petition, PetitionStep
from edem.services.petitions.rules.lifecycle import IN_PUBLIC


def counts_of(petition_ids: Sequence[int], since: datetime | None) -> Mapping[int, Shown]:
    """Those whose count or state moved since; all of them when since is None. Drafts have no public count."""
    found = Petition.objects.filter(pk__in=petition_ids, state__in=list(IN_PUBLIC))
    if since is not None:
        stepped = PetitionStep.objects.filter(petition_id__in=petition_ids, at__gte=since)
        found = found.filter(Q(counted_at__gte=since) | Q(pk__in=stepped.order_by().values("petition_id")))
    found = found.only("community_id", "signature_count", "imported_count", "required", "state").order_by("pk")
    return {each.pk: Shown(community_id=each.community_id, payload=payload_of(each)) for each in found}


def payload_of(petition: Petition) -> Payload:
    count, required = petition.signature_count + petition.imported_count, petition.required
    return {
        "count": count,
        "required": required,
        "left": max(0, required - count),
        "percent": min(100, count * 100 // required),
        "state": petition.state,
    }
