"""What exclusions bring to the desk: proposals for a second person, petitions below their threshold."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.catalog.manifest import QueueItem
from edem.foundation.communities.models import Community
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.exclusions import exclusions_waiting
from edem.services.petitions.queries.shown import path_of, queue_item
from edem.services.petitions.rules.exclusions import STANDINGS, Standing
from edem.services.petitions.rules.shortfall import UNANSWERED
from edem.ui.words import number


def exclusions_queue(community: Community, _now: datetime) -> Sequence[QueueItem]:
    """The oldest first: a signer may wait for it."""
    items = []
    for each in exclusions_waiting(community):
        look = STANDINGS[Standing(each.standing)]
        count = ngettext("%(count)s підпис", "%(count)s підписів", each.count) % {"count": number(each.count)}
        items.append(
            QueueItem(
                title=f"{count}: {each.petition.title}",
                path=f"{path_of(each.petition)}exclusions/{each.pk}/",
                state=_(look.label),
                tone=look.tone,
                shape=look.shape,
                due=None,
                holder="",
                number=f"№ {each.petition.number}" if each.petition.number else "",
            )
        )
    return items


def shortfall_queue(community: Community, _now: datetime) -> Sequence[QueueItem]:
    short = Petition.objects.filter(community=community, state__in=list(UNANSWERED), shortfall_at__isnull=False)
    below = short.filter(required__gt=F("signature_count") + F("imported_count"))
    return [queue_item(each) for each in below.order_by("shortfall_at", "pk")]
