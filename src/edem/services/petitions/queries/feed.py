"""What the community's feed tells: new petitions, and among them the news of their authors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from edem.foundation.communities.models import Community
from edem.services.petitions.queries.lists import Group, Wanted, petitions_wanted
from edem.services.petitions.queries.updates import newest_updates


@dataclass(frozen=True, kw_only=True)
class Entry:
    at: datetime
    title: str
    text: str
    path: str
    author: str
    category: str


def entries_of(community: Community, *, now: datetime, limit: int) -> Sequence[Entry]:
    told = [*_petitions(community, now, limit), *_news(community, limit)]
    return sorted(told, key=lambda entry: entry.at, reverse=True)[:limit]


def _petitions(community: Community, now: datetime, limit: int) -> Iterator[Entry]:
    for petition in petitions_wanted(community, Wanted(group=Group.COLLECTING), now=now).defer(None)[:limit]:
        assert petition.published_at is not None  # it collects
        yield Entry(
            at=petition.published_at,
            title=petition.title,
            text=petition.demand,
            path=f"/petitions/{petition.pk}/",
            author=petition.author_name,
            category=petition.category,
        )


def _news(community: Community, limit: int) -> Iterator[Entry]:
    for update in newest_updates(community, limit=limit):
        assert update.published_at is not None  # it is public
        yield Entry(
            at=update.published_at,
            title=_("Новина про петицію: «%(title)s»") % {"title": update.petition.title},
            text=update.text,
            path=f"/petitions/{update.petition_id}/#u{update.pk}",
            author=update.petition.author_name,
            category=update.petition.category,
        )
