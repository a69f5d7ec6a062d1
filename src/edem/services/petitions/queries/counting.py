"""Counts as pages poll them: the live counter and its JSON twin."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from edem.foundation.live.counters import Payload
from edem.services.petitions.models import Petition
from edem.services.petitions.rules.lifecycle import IN_PUBLIC


def counts_of(petition_ids: Sequence[int], since: datetime | None) -> Mapping[int, Payload]:
    """Those that moved since; all of them when since is None. Drafts have no public count."""
    found = Petition.objects.filter(pk__in=petition_ids, state__in=list(IN_PUBLIC))
    if since is not None:
        found = found.filter(counted_at__gte=since)
    rows = found.order_by("pk").values_list("pk", "signature_count", "imported_count", "required", "state")
    return {
        pk: {
            "count": own + imported,
            "required": required,
            "left": max(0, required - own - imported),
            "percent": min(100, (own + imported) * 100 // required),
            "state": state,
        }
        for pk, own, imported, required, state in rows
    }
