"""What has been kept long enough."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from edem.kernel.deadlines import WorkingCalendar
from edem.services.petitions.models import Erasure, Petition
from edem.services.petitions.queries.charters import read_version
from edem.services.petitions.rules.lifecycle import SIGNABLE, State
from edem.services.petitions.rules.retention import WARNED_BEFORE, Erased, draft_to_warn, list_kept_until

_A_YEAR = timedelta(days=364)
"""No charter keeps a list for less."""
PORTION = 500


def lists_to_erase(now: datetime, calendar: WorkingCalendar) -> Iterator[int]:
    """Every list whose years are over; while a petition is still signed or considered, its list is needed."""
    old = Petition.objects.filter(published_at__lte=now - _A_YEAR, list_erased_at=None).exclude(state__in=SIGNABLE)
    rows = old.order_by("pk").values_list("pk", "published_at", "charter_id")
    for petition_id, published_at, charter_id in rows.iterator(PORTION):
        years = read_version(charter_id).list_retention_years
        if published_at is not None and list_kept_until(published_at, years, calendar) <= now:
            yield petition_id


def erasures_to_finish() -> list[int]:
    """Begun by a worker that has died since."""
    begun = Erasure.objects.filter(kind=Erased.SIGNERS, begun_at__isnull=False, finished_at=None)
    return list(begun.order_by("pk").values_list("petition_id", flat=True))


def drafts_to_warn(now: datetime) -> list[Petition]:
    """A portion of the drafts that nobody has touched for eleven months and whose author has not been told."""
    warned = Erasure.objects.filter(kind=Erased.DRAFT, petition_id=OuterRef("pk"))
    long_ago = Q(touched_at__lte=draft_to_warn(now)) | Q(touched_at=None, created_at__lte=draft_to_warn(now))
    untouched = untouched_drafts().filter(long_ago).exclude(Exists(warned))
    return list(untouched.select_related("community").order_by("pk")[:PORTION])


def drafts_to_erase(now: datetime) -> list[Erasure]:
    """A portion of those whose month after the warning is over."""
    ripe = Erasure.objects.filter(kind=Erased.DRAFT, finished_at=None)
    return list(ripe.filter(announced_at__lte=now - WARNED_BEFORE).order_by("pk")[:PORTION])


def untouched_drafts() -> QuerySet[Petition]:
    """Never sent anywhere: a draft that a moderator returned has a history of its own."""
    return Petition.objects.filter(state=State.DRAFT, submitted_at=None, steps__isnull=True)
