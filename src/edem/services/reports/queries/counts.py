"""Numbers and news of reports, for the homes and the indicators."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from edem.foundation.communities.models import Community
from edem.services.reports.models import Report
from edem.services.reports.models.report import AT_WORK
from edem.services.reports.rules.lifecycle import ON_THE_MAP, State

NEWEST = (F("published_at").desc(nulls_last=True), F("pk").desc())
"""As the indexes have it."""
LONG_TEXTS = ("text", "answers", "result_text")
"""No row of a list shows them."""


def at_work_in(community: Community) -> QuerySet[Report]:
    return Report.objects.filter(AT_WORK, community=community).order_by("pk")


def newest_in(community: Community | None, *, limit: int) -> list[Report]:
    found = (
        Report.objects.filter(state__in=list(ON_THE_MAP), follows=None).defer(*LONG_TEXTS).select_related("community")
    )
    found = found.filter(community=community) if community else found.filter(community__is_open=True)
    return list(found.order_by(*NEWEST)[:limit])


def confirmed_in(community: Community | None) -> int:
    """Only what its author says is solved (spec): «закрито» alone counts for nothing."""
    found = Report.objects.filter(confirmed=True)
    return (found.filter(community=community) if community else found).count()


def written_by(person_id: UUID, community_id: int) -> QuerySet[Report]:
    found = Report.objects.filter(author_id=person_id, community_id=community_id).defer(*LONG_TEXTS)
    return found.select_related("community").order_by("-submitted_at", "-pk")


def to_confirm_by(person_id: UUID, community_id: int, now: datetime) -> QuerySet[Report]:
    """What was closed lately and its author has not said a word about."""
    own = written_by(person_id, community_id).filter(state=State.CLOSED, confirmed=None)
    return own.filter(archives_at__gt=now)


def in_states(community: Community, *states: State) -> QuerySet[Report]:
    """By the clock, what is overdue longest first."""
    found = Report.objects.filter(community=community, state__in=states, follows=None).defer(*LONG_TEXTS)
    return found.select_related("organisation").order_by("due_at", "pk")


def disbelieved_in(community: Community) -> QuerySet[Report]:
    """Closed, and its author says it is not solved."""
    found = Report.objects.filter(community=community, state=State.CLOSED, confirmed=False).defer(*LONG_TEXTS)
    return found.select_related("organisation").order_by("confirmed_at", "pk")
