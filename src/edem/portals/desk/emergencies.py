"""Emergency accesses that wait for somebody else's review: a queue of the desk."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from edem.foundation.catalog.manifest import DeskQueue, QueueItem
from edem.foundation.communities.models import Community
from edem.foundation.people.emergency.queries import emergencies_to_review
from edem.foundation.people.emergency.rules import REVIEWERS
from edem.kernel.ukrainian import N_

REVIEW_TERM = timedelta(days=3)
"""After which the queue shows it as overdue."""


def items(community: Community, _now: datetime) -> Sequence[QueueItem]:
    return [
        QueueItem(
            title=access.person.display_name,
            path=f"/admin-desk/emergencies/{access.pk}/",
            state=_("потрібна перевірка"),
            tone="warning",
            shape="▲",
            due=(access.closed_at or access.until) + REVIEW_TERM,
            holder="",
        )
        for access in emergencies_to_review(community.pk)
    ]


QUEUE = DeskQueue(
    code="emergencies",
    title=N_("Аварійний доступ: перевірити підставу"),
    roles=frozenset(REVIEWERS),
    items=items,
)
