"""One item is told of by another for a while: whoever follows the first hears of the second, until they part."""

from django.db.models import QuerySet

from edem.foundation.notices.models import Subscription
from edem.foundation.notices.subjects import Kind


def lend_followers(service: str, item: str, *, to: str, community_id: int) -> None:
    """Part of the caller's transaction. Whoever follows the second already does so as they chose."""
    rows = [
        Subscription(
            community_id=community_id,
            person_id=each.person_id,
            kind=Kind.ITEM,
            service=service,
            key=to,
            rhythm=each.rhythm,
            since=each.since,
            source=lent_by(item),
        )
        for each in followers_of(service, item, community_id)
    ]
    Subscription.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)


def return_followers(service: str, item: str, *, of: str, community_id: int) -> None:
    """Whoever stopped hearing of the second meanwhile wants to hear of neither."""
    there = followers_of(service, of, community_id)
    still = set(there.values_list("person_id", flat=True))
    followers_of(service, item, community_id).exclude(person_id__in=still).delete()
    there.filter(source=lent_by(item)).delete()


def lent_by(item: str) -> str:
    return f"with:{item}"


def followers_of(service: str, item: str, community_id: int) -> QuerySet[Subscription]:
    found = Subscription.objects.filter(community_id=community_id, kind=Kind.ITEM, service=service, key=item)
    return found.order_by("pk")
