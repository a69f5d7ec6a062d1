"""Accounts that became part of one another: what can still be taken apart, what the owner sees."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from edem.foundation.identity.models import PersonMerge
from edem.foundation.people.models import Person


def merges_into(person: Person, *, now: datetime) -> QuerySet[PersonMerge]:
    merges = PersonMerge.objects.filter(kept=person, undone_at__isnull=True, settled_at__isnull=True)
    return merges.filter(undo_until__gt=now).select_related("absorbed").order_by("-merged_at", "-pk")


def merges_of(person: Person) -> QuerySet[PersonMerge]:
    """For the owner: every account that is or was part of theirs, and the other way round."""
    mine = PersonMerge.objects.filter(Q(kept=person) | Q(absorbed=person))
    return mine.select_related("community", "proposed_by", "confirmed_by").order_by("-merged_at", "-pk")


def accounts_of(person: Person) -> Sequence[uuid.UUID]:
    """This account and those that became part of it, or of those: what was read of them was read of this person."""
    known, newest = [person.pk], [person.pk]
    while newest:
        merges = PersonMerge.objects.filter(kept_id__in=newest, undone_at__isnull=True).exclude(absorbed_id__in=known)
        newest = list(merges.order_by("pk").values_list("absorbed_id", flat=True))
        known += newest
    return known


def is_joined(merge_id: int) -> bool:
    """Whether they are one still: a reaction may come after the parting."""
    return PersonMerge.objects.filter(pk=merge_id, undone_at__isnull=True).exists()
