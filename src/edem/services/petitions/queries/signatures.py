"""Signatures that hold: the list, its pages as ranges of places, and what the tallies say of them."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from edem.foundation.communities.models import Community
from edem.foundation.single_rows import first_of
from edem.services.petitions.models import (
    Exclusion,
    Petition,
    Signature,
    SignatureRemoval,
    SignatureTally,
)
from edem.services.petitions.rules.channels import way_of

_ON_PAPER: Final = """
SELECT true
  FROM petitions_signaturetally
 WHERE community_id = %s AND petition_id = %s AND channel = 'paper'
 LIMIT 1
"""


@dataclass(frozen=True, kw_only=True)
class Split:
    """How many signatures came one way."""

    way: str
    count: int


def counted_on(petition: Petition) -> QuerySet[Signature]:
    """The signatures that hold, in their places; the numbers of those taken off stay empty."""
    return _holding(signatures_given(petition)).order_by("ordinal")


def counted_in(community: Community, petition_ids: Collection[int]) -> QuerySet[Signature]:
    found = Signature.objects.filter(community=community, petition_id__in=petition_ids)
    return _holding(found).order_by("petition_id", "ordinal")


def signatures_given(petition: Petition) -> QuerySet[Signature]:
    """All that were ever given, those taken off among them."""
    found = Signature.objects.filter(community_id=petition.community_id, petition_id=petition.pk)
    return found.order_by("ordinal")


def taken_off_by(petition: Petition, exclusion_id: int) -> QuerySet[Signature]:
    """What an exclusion took off, whether or not it was undone since."""
    return signatures_given(petition).filter(Exists(_removals().filter(exclusion_id=exclusion_id)))


def restored_by(petition: Petition, exclusion_id: int) -> QuerySet[Signature]:
    """What counts again now that the exclusion is undone: not what its signer has withdrawn since."""
    return _holding(taken_off_by(petition, exclusion_id))


def _holding(found: QuerySet[Signature]) -> QuerySet[Signature]:
    undone = Exclusion.objects.filter(undone_at__isnull=False).order_by().values("pk")
    return found.filter(~Exists(_removals().exclude(exclusion_id__in=undone)))


def _removals() -> QuerySet[SignatureRemoval]:
    return SignatureRemoval.objects.filter(
        community=OuterRef("community"), petition_id=OuterRef("petition_id"), mark=OuterRef("mark")
    )


class Places(Paginator):  # type: ignore[type-arg]
    """Pages of the signers' list: each a range of places, so page 10 000 costs what page 1 does."""

    def __init__(self, petition: Petition, per_page: int) -> None:
        self._counted, self._last = counted_on(petition), petition.last_ordinal
        super().__init__(self._counted, per_page)

    @property
    def count(self) -> int:
        return self._last

    def page(self, number: int | str) -> "Page[Signature]":
        number = self.validate_number(number)
        last = number * self.per_page
        places = Q(ordinal__gt=last - self.per_page, ordinal__lte=last)
        return Page(self._counted.filter(places), number, self)


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """How a petition's signatures came, from one reading of its tallies."""

    days: Sequence[tuple[date, int]]
    """How many each day brought, in Kyiv's days; what was brought over as a number has no days."""
    split: Sequence[Split]
    """The count by channel and assurance, and what was brought over from another platform."""


def gathered_by(petition: Petition) -> Gathered:
    by_day: Counter[date] = Counter()
    by_way: Counter[str] = Counter()
    for day, channel, assurance, count in _tallies(petition).values_list("day", "channel", "assurance", "count"):
        by_day[day] += count
        by_way[way_of(channel, assurance)] += count
    given = [Split(way=way, count=count) for way, count in sorted(by_way.items()) if count]
    brought = [Split(way="imported", count=petition.imported_count)] if petition.imported_count else []
    return Gathered(
        days=[(day, count) for day, count in sorted(by_day.items()) if count > 0],
        split=[*sorted(given, key=lambda split: -split.count), *brought],
    )


def days_of(petition: Petition) -> Sequence[tuple[date, int]]:
    return gathered_by(petition).days


def split_of(petition: Petition) -> Sequence[Split]:
    return gathered_by(petition).split


def has_paper(petition: Petition) -> bool:
    """Whether anybody ever signed it on paper."""
    return first_of(_ON_PAPER, petition.community_id, petition.pk) is not None


def _tallies(petition: Petition) -> QuerySet[SignatureTally]:
    found = SignatureTally.objects.filter(community_id=petition.community_id, petition_id=petition.pk)
    return found.order_by("day", "channel", "assurance")
