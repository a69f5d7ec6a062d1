"""What the card tells of neighbours who take a problem on themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from edem.foundation.catalog.manifest import QueueItem
from edem.foundation.communities.models import Community
from edem.foundation.people.models import Person
from edem.services.reports.charter import Moderation
from edem.services.reports.models import Report, SelfHelp
from edem.services.reports.queries.charters import charter_of
from edem.services.reports.queries.subjects import path_of
from edem.services.reports.rules.lifecycle import AT_WORK, State

MOST: Final = 200


@dataclass(frozen=True, kw_only=True)
class SelfHelpShown:
    taken: SelfHelp
    helpers: int
    is_leader: bool
    comes: bool
    takes_helpers: bool
    is_running: bool


def self_help_shown(report: Report, *, reader: Person | None, sees_all: bool = True) -> SelfHelpShown | None:
    """What the moderator declined is seen by its leader alone; what they have not read, where they read first, too."""
    taken = SelfHelp.objects.filter(report=report).order_by("pk").first()
    if taken is None:
        return None
    is_leader = reader is not None and taken.leader_id == reader.pk
    if (taken.declined_at is not None or taken.stopped_at is not None) and not is_leader:
        return None
    is_unread = taken.agreed_at is None and charter_of(report).moderation is Moderation.BEFORE
    if is_unread and not (sees_all or is_leader):
        return None
    is_running = not (taken.declined_at or taken.stopped_at) and State(report.state) in AT_WORK
    people = list(taken.helpers.order_by("pk").values_list("person_id", flat=True))
    return SelfHelpShown(
        taken=taken,
        helpers=len(people),
        is_leader=is_leader,
        comes=reader is not None and reader.pk in people,
        takes_helpers=is_running and taken.done_at is None,
        is_running=is_running,
    )


def neighbours_are_done(report: Report) -> bool:
    """They say so, and nobody has returned it to them."""
    done = SelfHelp.objects.filter(report=report, done_at__isnull=False, stopped_at=None)
    return report.self_organised and done.exists()


def self_help_queue(community: Community, _now: datetime) -> Sequence[QueueItem]:
    """For the moderator: what neighbours propose, and what they say is done and is to be closed."""
    waiting = SelfHelp.objects.filter(
        Q(agreed_at=None) | Q(done_at__isnull=False),
        report__community=community,
        report__state__in=[state.value for state in AT_WORK],
        declined_at=None,
        stopped_at=None,
    )
    return [
        QueueItem(
            title=each.report.title,
            path=f"{path_of(each.report)}case/",
            state=_("Мешканці кажуть: зроблено") if each.done_at else _("Мешканці хочуть зробити самі"),
            tone="warning" if each.done_at else "neutral",
            shape="■" if each.done_at else "○",
            due=each.report.due_at,
            holder=each.leader_name,
            number=f"№ {each.report.number}" if each.report.number else "",
        )
        for each in waiting.select_related("report").order_by("proposed_at", "pk")[:MOST]
    ]
