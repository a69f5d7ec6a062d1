"""What one officer proposed about somebody's account and another has to decide: a queue of the desk."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from edem.foundation.catalog.manifest import DeskQueue, QueueItem
from edem.foundation.communities.models import Community
from edem.foundation.identity.proposals.waiting import proposals_waiting, waited_for
from edem.foundation.identity.two_officers import DECIDE_MEMBERSHIP, MATTERS, Matter
from edem.kernel.ukrainian import N_


def items(community: Community, _now: datetime) -> Sequence[QueueItem]:
    return [
        QueueItem(
            title=f"{_(MATTERS[Matter(each.matter)])}: {each.person.display_name}",
            path=f"/members/proposals/{each.pk}/",
            state=_("потрібна друга людина"),
            tone="warning",
            shape="▲",
            due=waited_for(each),
            holder=_("подано: %(who)s") % {"who": each.proposed_by.display_name},
        )
        for each in proposals_waiting(community.pk)
    ]


QUEUE = DeskQueue(
    code="proposals",
    title=N_("Чекають на другого працівника"),
    roles=frozenset(DECIDE_MEMBERSHIP),
    items=items,
)
