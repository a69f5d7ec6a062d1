"""Two accounts are one person: comments of both are theirs to answer for and to delete (decision 0018)."""

from uuid import UUID

from django.db import transaction

from edem.foundation.discussions.models import Comment
from edem.foundation.identity.persons.accounts import is_joined


@transaction.atomic(durable=True)
def join_comments(merge_id: int, *, kept_id: UUID, absorbed_id: UUID) -> None:
    """Each keeps the name it was published under: readers answered to that one."""
    if is_joined(merge_id):
        Comment.objects.filter(author_id=absorbed_id).update(author_id=kept_id, merge_id=merge_id)


@transaction.atomic(durable=True)
def part_comments(merge_id: int, *, absorbed_id: UUID) -> None:
    Comment.objects.filter(merge_id=merge_id).update(author_id=absorbed_id, merge_id=None)
