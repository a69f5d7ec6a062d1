"""The staff desk: queues by role, sorted by their clocks, so nothing overdue can hide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from edem.foundation.catalog.manifest import DeskPage, DeskQueue, QueueItem
from edem.foundation.catalog.registry import switched_on
from edem.foundation.communities.models import Community
from edem.foundation.identity.actions import DECIDE_MEMBERSHIP
from edem.foundation.people.access import open_to, staff
from edem.foundation.people.queries import roles_of
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import LABELS, Role
from edem.kernel.errors import Missing
from edem.portals.desk import corrections, emergencies, proposals, unsent

SHOWN = 10
PAGE = 50


@dataclass(frozen=True, kw_only=True)
class QueueShown:
    queue: DeskQueue
    items: Sequence[QueueItem]
    overdue: int
    is_cut: bool


@open_to(staff)
@require_safe
def home(request: PersonalRequest) -> HttpResponse:
    """Every queue of the reader's roles; each begins with what is longest overdue; empty ones are named in one line."""
    held = roles_of(request.person.pk, request.community.pk)
    every = [shown(each, request.community, request.now) for each in queues_for(request.community, held)]
    queues = [each for each in every if each.items]
    facts = {
        "queues": queues,
        "done": [each.queue for each in every if not each.items],
        "pages": pages_for(request.community, held),
        "overdue": sum(each.overdue for each in queues),
        "jobs": [label for role, label in LABELS.items() if role in held],
        "is_admin": Role.COMMUNITY_ADMIN in held,
        "decides_membership": not held.isdisjoint(DECIDE_MEMBERSHIP),
        "is_on_call": Role.ON_CALL in held,
        "emergency_url": f"{settings.EDEM.base_url.rstrip('/')}/operator/emergency/{request.community.slug}/",
        "is_auditor": not held.isdisjoint({Role.AUDITOR, Role.COMMUNITY_ADMIN}),
    }
    return render(request, "desk/home.html", facts)


@open_to(staff)
@require_safe
def queue(request: PersonalRequest, code: str) -> HttpResponse:
    held = roles_of(request.person.pk, request.community.pk)
    found = next((each for each in queues_for(request.community, held) if each.code == code), None)
    if found is None:
        raise Missing("desk.no_such_queue")
    page = Paginator(by_clock(found, request.community, request.now), PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/queue.html", {"queue": found, "page": page})


def queues_for(community: Community, held: frozenset[str]) -> Sequence[DeskQueue]:
    of_services = [each for manifest in switched_on(community) for each in manifest.desk_queues]
    offered = [*of_services, proposals.QUEUE, corrections.QUEUE, emergencies.QUEUE, unsent.QUEUE]
    return [each for each in offered if not each.roles.isdisjoint(held)]


def pages_for(community: Community, held: frozenset[str]) -> Sequence[DeskPage]:
    offered = [each for manifest in switched_on(community) for each in manifest.desk_pages]
    return [each for each in offered if not each.roles.isdisjoint(held)]


def shown(queue: DeskQueue, community: Community, now: datetime) -> QueueShown:
    items = by_clock(queue, community, now)
    overdue = sum(item.due is not None and item.due <= now for item in items)
    return QueueShown(queue=queue, items=items[: max(SHOWN, overdue)], overdue=overdue, is_cut=len(items) > SHOWN)


def by_clock(queue: DeskQueue, community: Community, now: datetime) -> Sequence[QueueItem]:
    items = queue.items(community, now)
    return sorted(items, key=lambda item: (item.due is None, item.due.timestamp() if item.due else 0.0))
