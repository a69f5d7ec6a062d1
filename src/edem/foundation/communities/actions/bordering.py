"""The community's border, drawn on a map or brought as GeoJSON."""

from datetime import datetime

from django.db import transaction

from edem.foundation.communities.actions.locking import lock_community
from edem.foundation.communities.models import Border
from edem.foundation.communities.recording import Record
from edem.kernel.geo.areas import Area


@transaction.atomic(durable=True)
def change_border(community_id: int, area: Area, *, record: Record, now: datetime) -> None:
    community = lock_community(community_id)

    Border.objects.update_or_create(community=community, defaults={"area": area.geojson(), "changed_at": now})

    record("communities.border_changed", community_id=community_id, subject=community, now=now, km2=round(area.km2()))


@transaction.atomic(durable=True)
def remove_border(community_id: int, *, record: Record, now: datetime) -> None:
    """Then every place in Ukraine is taken again."""
    community = lock_community(community_id)

    Border.objects.filter(community=community).delete()

    record("communities.border_removed", community_id=community_id, subject=community, now=now)
