"""Reads about subscriptions: whose they are, and who hears of a piece of news."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from edem.foundation.communities.models import Community
from edem.foundation.notices.models import Subscription
from edem.foundation.notices.subjects import About, Kind, Rhythm, Subject
from edem.foundation.single_rows import first_of

PORTION = 1_000
_NARROWNESS = Case(
    *(When(kind=kind, then=Value(place)) for place, kind in enumerate(Kind)), output_field=IntegerField()
)

_FOLLOWED: Final = """
SELECT true
  FROM notices_subscription
 WHERE community_id = %s AND kind = %s AND service = %s AND key = %s AND person_id = %s
"""


def subscriptions_of(person_id: UUID) -> QuerySet[Subscription]:
    mine = Subscription.objects.filter(person_id=person_id).select_related("community")
    return mine.order_by("community__name_key", "community_id", _NARROWNESS, "pk")


def subscription_to(person_id: UUID, subject: Subject, *, community_id: int) -> Subscription | None:
    return Subscription.objects.filter(person_id=person_id, community_id=community_id).filter(_about([subject])).first()


def follows(person_id: UUID, subject: Subject, *, community_id: int) -> bool:
    wanted = (community_id, subject.kind, subject.service, subject.key, person_id)
    return first_of(_FOLLOWED, *wanted) is not None


def followers_of(subject: Subject, *, community: Community) -> list[UUID]:
    """Everyone who follows it, however often they want to read of it."""
    found = Subscription.objects.filter(_about([subject]), community=community)
    return list(found.order_by("person_id").values_list("person_id", flat=True))


def told_at_once(about: About, *, community: Community) -> Iterator[list[tuple[UUID, int]]]:
    """Portions of (person, subscription) of those who want a letter at once; each person by the narrowest reason."""
    hearing = Subscription.objects.filter(_about(about.subjects), community=community, rhythm=Rhythm.IMMEDIATE)
    if about.author_id:
        hearing = hearing.exclude(person_id=about.author_id)
    after: UUID | None = None
    while True:
        left = hearing if after is None else hearing.filter(person_id__gt=after)
        found = left.order_by("person_id", _NARROWNESS, "pk").distinct("person_id").values_list("person_id", "pk")
        portion = list(found[:PORTION])
        if not portion:
            return
        yield portion
        after = portion[-1][0]


def digest_readers(
    abouts: Iterable[About], *, community_id: int, rhythm: Rhythm, after: UUID
) -> tuple[Sequence[UUID], Sequence[Subscription]]:
    """The next portion of those whom this news may concern, with what they follow of it."""
    subjects = {subject for about in abouts for subject in about.subjects}
    hearing = Subscription.objects.filter(_about(subjects), community_id=community_id, rhythm=rhythm)
    later = hearing.filter(person_id__gt=after).order_by("person_id")
    people = list(later.values_list("person_id", flat=True).distinct()[:PORTION])
    return people, list(hearing.filter(person_id__in=people).order_by("person_id", "pk")) if people else []


def _about(subjects: Iterable[Subject]) -> Q:
    """One condition for any number of subjects; none of them means nobody."""
    keys: dict[tuple[str, str], list[str]] = {}
    for subject in subjects:
        keys.setdefault((subject.kind, subject.service), []).append(subject.key)
    found = Q(pk__in=[])
    for (kind, service), wanted in sorted(keys.items()):
        found |= Q(kind=kind, service=service, key__in=sorted(wanted))
    return found
