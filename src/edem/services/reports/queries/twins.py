"""The moderators' queue of reports that are perhaps known."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from edem.foundation.catalog.manifest import QueueItem
from edem.foundation.communities.models import Community
from edem.services.reports.models import LikelyTwin
from edem.services.reports.queries.subjects import path_of
from edem.services.reports.rules.lifecycle import AT_WORK

MOST = 200


def twins_queue(community: Community, _now: datetime) -> Sequence[QueueItem]:
    """One row a report, the surest first."""
    waiting = LikelyTwin.objects.filter(report__community=community, settled_at=None, report__state__in=list(AT_WORK))
    rows = waiting.select_related("report", "twin").order_by("-sureness", "pk")[:MOST]
    first = {each.report_id: each for each in reversed(rows)}
    return [
        QueueItem(
            title=each.report.title,
            path=f"{path_of(each.report)}merge/",
            state=_("Схоже на № %(number)s") % {"number": each.twin.number},
            tone="neutral",
            shape="○",
            due=None,
            holder="",
            number=f"№ {each.report.number}" if each.report.number else "",
        )
        for each in sorted(first.values(), key=lambda each: (-each.sureness, each.pk))
    ]
