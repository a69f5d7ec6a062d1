"""Comments of somebody who has withdrawn their consent: the words stay in the conversation, the name does not."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from edem.foundation.discussions.models import Comment
from edem.foundation.identity.forgetting import NAMELESS
from edem.foundation.live.kept import drop_pages


@transaction.atomic(durable=True)
def unname_comments_of(person_id: UUID, *, till: datetime) -> None:
    mine = Comment.objects.filter(author_id=person_id, at__lte=till)
    tags = list(mine.order_by("kept_tag").values_list("kept_tag", flat=True).distinct())
    mine.update(author_name=NAMELESS)
    if tags:
        drop_pages(*tags)
