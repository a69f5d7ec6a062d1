"""Files of what was hidden: nobody has shown them again in a year, so they go as the words do."""

from datetime import datetime

from django.db import transaction

from edem.foundation.files.actions import remove_files
from edem.services.petitions.models import Attachment, TextHiding
from edem.services.petitions.rules.hiding import KEPT_FOR

GONE = "—"


@transaction.atomic(durable=True)
def erase_hidden_files(*, now: datetime) -> int:
    """Of texts whose words are erased, all; of the others, those that a moderator hid: their line and ground stay."""
    erased = TextHiding.objects.filter(shown_at=None, erased_at__isnull=False).values("petition")
    of_texts = Attachment.objects.filter(petition__in=erased).order_by("pk")
    hidden = Attachment.objects.filter(hidden_at__lte=now - KEPT_FOR, file__isnull=False).order_by("pk")

    doomed = [pk for rows in (of_texts, hidden) for pk in rows.values_list("file_id", flat=True) if pk]
    of_texts.delete()
    hidden.update(file=None, title=GONE)
    remove_files(doomed)
    return len(set(doomed))
