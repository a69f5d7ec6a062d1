"""Two accounts are one person: what either follows, the one that stays follows (decision 0018)."""

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from edem.foundation.identity.persons.accounts import is_joined
from edem.foundation.notices.models import Subscription


@transaction.atomic(durable=True)
def join_followings(merge_id: int, *, kept_id: UUID, absorbed_id: UUID) -> None:
    """What both follow stays as the kept account has it: its owner chose how often."""
    if not is_joined(merge_id):
        return
    same = Subscription.objects.filter(
        community=OuterRef("community"),
        kind=OuterRef("kind"),
        service=OuterRef("service"),
        key=OuterRef("key"),
        person_id=kept_id,
    )
    going = Subscription.objects.filter(~Exists(same), person_id=absorbed_id)
    going.update(person_id=kept_id, merge_id=merge_id)


@transaction.atomic(durable=True)
def part_followings(merge_id: int, *, absorbed_id: UUID) -> None:
    """What has been stopped since stays stopped; what the absorbed account kept of its own stays too."""
    Subscription.objects.filter(merge_id=merge_id).update(person_id=absorbed_id, merge_id=None)
