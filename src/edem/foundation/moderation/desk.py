"""What waits for the moderators of one service, as the desk lists it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from edem.foundation.catalog.manifest import QueueItem
from edem.foundation.communities.models import Community
from edem.foundation.moderation.models import ModerationCase
from edem.foundation.moderation.queries import open_cases


def waiting_besides(service: str, kind: str) -> Callable[[Community, datetime], Sequence[QueueItem]]:
    """Whatever readers reported, and what else residents wrote than things of this kind: those have their own queue."""

    def items(community: Community, _now: datetime) -> Sequence[QueueItem]:
        waiting = open_cases(community.pk).filter(service=service).exclude(kind=kind, is_reported=False)
        return [item_of(case) for case in waiting]

    return items


def item_of(case: ModerationCase) -> QueueItem:
    return QueueItem(
        title=case.title,
        path=case.path,
        state=_("Скарга читача") if case.is_reported else _("Новий допис"),
        tone="warning" if case.is_reported else "neutral",
        shape="▲" if case.is_reported else "○",
        due=case.due_at,
        holder="",
    )
