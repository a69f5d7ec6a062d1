"""The reports that a reader asked for, one question for the list, the map, the feed and the files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.contrib.postgres.fields.array import ArrayOverlap  # type: ignore[attr-defined] # its stubs lack it
from django.db.models import F, Q, QuerySet

from edem.foundation.communities.models import Community
from edem.foundation.search.queries import search
from edem.kernel.geo.cells import Range, cells_around, cells_within
from edem.kernel.geo.points import Box
from edem.kernel.ukrainian import N_
from edem.services.reports.models import Report
from edem.services.reports.models.keys import HolderKeys, holder_key
from edem.services.reports.queries.around import Circle, nearer_than
from edem.services.reports.queries.categories import categories_of
from edem.services.reports.queries.charters import CODE
from edem.services.reports.queries.streets import ids_on
from edem.services.reports.rules.lifecycle import ON_THE_MAP, State
from edem.services.reports.rules.tree import lineage

PAGE: Final = 20
MOST_FOUND: Final = 300
LONG_TEXTS: Final = ("text", "answers", "result_text")
"""No row of a list shows them."""


class Group(StrEnum):
    """The states as a resident thinks of them; the act's colours are theirs."""

    CURRENT = "current"
    OPEN = "open"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    ARCHIVED = "archived"
    ALL = "all"


GROUPS: Final = {
    Group.CURRENT: N_("Поточні"),
    Group.OPEN: N_("Відкриті"),
    Group.ACCEPTED: N_("У роботі"),
    Group.CLOSED: N_("Закриті"),
    Group.ARCHIVED: N_("Архів"),
    Group.ALL: N_("Усі"),
}

STATES_OF: Final[Mapping[Group, tuple[State, ...]]] = {
    Group.CURRENT: (State.OPEN, State.REOPENED, State.ACCEPTED, State.CLOSED),
    Group.OPEN: (State.OPEN, State.REOPENED),
    Group.ACCEPTED: (State.ACCEPTED,),
    Group.CLOSED: (State.CLOSED,),
    Group.ARCHIVED: (State.ARCHIVED,),
    Group.ALL: tuple(sorted(ON_THE_MAP)),
}

NEWEST: Final = (F("published_at").desc(nulls_last=True), F("pk").desc())


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the reader asked for; the moments are of publication, the second is the first not meant."""

    group: Group = Group.CURRENT
    category: str = ""
    organisation: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    box: Box | None = None
    around: Circle | None = None
    text: str = ""
    settlement: str = ""
    """A code of the КАТОТТГ."""
    street: str = ""

    @property
    def is_whole(self) -> bool:
        """Nothing narrows it but the group of states: what is counted beforehand may answer."""
        return self == Wanted(group=self.group)


def reports_wanted(community: Community, wanted: Wanted) -> QuerySet[Report]:
    """Newest first; whoever wants another order says so. One thing is shown once: by the report that is worked on."""
    found = Report.objects.filter(community=community, state__in=list(STATES_OF[wanted.group]), follows=None)
    if wanted.organisation is not None:
        found = found.filter(organisation_id=wanted.organisation)
    if wanted.category:
        found = found.filter(in_category(community, wanted))
    if wanted.settlement:
        found = found.filter(settlement_code=wanted.settlement)
    if wanted.since is not None:
        found = found.filter(published_at__gte=wanted.since)
    if wanted.until is not None:
        found = found.filter(published_at__lt=wanted.until)
    if wanted.box is not None:
        found = found.filter(within(wanted.box))
    if wanted.around is not None:
        near = in_cells(cells_around(wanted.around.centre, wanted.around.metres))
        found = found.filter(near, nearer_than(wanted.around))
    return found.filter(by_words(community, wanted)).order_by(*NEWEST)


def reports_listed(community: Community, wanted: Wanted) -> QuerySet[Report]:
    """The same with what a row shows."""
    return reports_wanted(community, wanted).select_related("organisation").defer(*LONG_TEXTS)


def by_words(community: Community, wanted: Wanted) -> Q:
    """What the search finds, and what lies on the street."""
    found = Q()
    if wanted.text.strip():
        found &= Q(pk__in=leads_among(found_ids(community, wanted.text)))
    if wanted.street.strip():
        found &= Q(pk__in=leads_among(ids_on(community, wanted.street.strip())))
    return found


def in_category(community: Community, wanted: Wanted) -> Q:
    """With an organisation both are one key of one index: each alone may be common where both together are rare."""
    codes = codes_under(community, wanted.category)
    if wanted.organisation is None:
        return Q(category_codes__overlap=codes)
    keys = [holder_key(wanted.organisation, code) for code in codes]
    return Q(ArrayOverlap(HolderKeys("organisation_id", "category_codes"), keys))


def within(box: Box) -> Q:
    """The index gives whole cells, the degrees cut them to the box."""
    return in_cells(cells_within(box)) & inside(box)


def inside(box: Box) -> Q:
    return Q(lat__gte=box.south, lat__lte=box.north, lon__gte=box.west, lon__lte=box.east)


def in_cells(ranges: Sequence[Range]) -> Q:
    found = Q(pk__in=[])
    for start, end in ranges:
        found |= Q(cell__gte=start, cell__lt=end)
    return found


def codes_under(community: Community, code: str) -> list[str]:
    """This category with all that is under it; one that does not exist has nothing under it."""
    known = categories_of(community).values_list("code", flat=True)
    return [each for each in known if code in lineage(each)] or [code]


def leads_among(ids: Sequence[int]) -> set[int]:
    """Words of a merged report find the one that is worked on in its place."""
    rows = Report.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "follows_id")
    return {lead or pk for pk, lead in rows}


def found_ids(community: Community, text: str) -> list[int]:
    """What the platform's search finds among reports: by lemmas, forgiving one wrong letter."""
    page = search(community.pk, text, services=[CODE], per_page=MOST_FOUND)
    return [int(hit.subject_id) for hit in page.hits]
