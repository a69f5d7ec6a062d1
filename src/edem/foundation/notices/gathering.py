"""What stands in one person's digest: everything that concerns them and that they have not been told. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from edem.foundation.notices.subjects import Following, NewsLine, concerns


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a person knows already: from letters sent at once, and from earlier digests."""

    once: Collection[str] = frozenset()
    news: Collection[int] = frozenset()


def gathered(
    person_id: UUID, followings: Iterable[Following], news: Iterable[NewsLine], *, told: Told
) -> list[NewsLine]:
    """In the order in which it happened; whatever several subscriptions bring stands there once."""
    mine = list(followings)
    fresh = [
        each
        for each in news
        if each.about.author_id != person_id
        and each.id not in told.news
        and each.once not in told.once
        and any(concerns(following, each) for following in mine)
    ]
    return sorted(fresh, key=lambda each: (each.at, each.id))
