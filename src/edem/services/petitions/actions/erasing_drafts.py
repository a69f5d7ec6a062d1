"""Drafts of somebody who has withdrawn their consent: nobody but they has ever read them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from edem.foundation.files.actions import remove_files
from edem.services.petitions.models import Attachment, Erasure, Petition
from edem.services.petitions.rules.lifecycle import State


@transaction.atomic(durable=True)
def erase_drafts_of(person_id: UUID, *, till: datetime) -> None:
    drafts = Petition.objects.select_for_update(of=("self",)).filter(author_id=person_id, state=State.DRAFT)
    chosen = list(drafts.filter(created_at__lte=till).order_by("pk"))
    attached = Attachment.objects.filter(petition__in=chosen).order_by("pk")
    files = list(attached.values_list("file_id", flat=True))
    attached.delete()
    remove_files(files)
    Erasure.objects.filter(petition_id__in=[draft.pk for draft in chosen]).delete()
    for draft in chosen:
        draft.delete()
