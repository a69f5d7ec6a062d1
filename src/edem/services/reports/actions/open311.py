"""What a program brings beside words: pictures, and nothing of who took them."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from edem.foundation.communities.models import Community
from edem.foundation.files.actions import store_picture
from edem.foundation.files.likeness import likeness_of
from edem.services.reports.rules.draft import DraftPhoto

PURPOSE = "reports.photo"


@transaction.atomic(durable=True)
def store_media(
    uploads: "Sequence[UploadedFile[bytes]]", *, community: Community, now: datetime
) -> tuple[DraftPhoto, ...]:
    """Drawn anew, without EXIF; those whose report is refused afterwards are forgotten in a day."""
    stored = [store_picture(each, community=community, owner=None, purpose=PURPOSE, now=now) for each in uploads]
    return tuple(
        DraftPhoto(
            file_id=each.file.pk,
            width=each.drawn.width,
            height=each.drawn.height,
            dhash=likeness_of(each.drawn.content, each.drawn.kind),
        )
        for each in stored
    )
