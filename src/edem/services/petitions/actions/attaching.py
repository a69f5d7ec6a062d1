"""Adding files to a draft, and showing or hiding them with the petition."""

from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from edem.foundation.files.actions import keep_files, publish_files, remove_files, withdraw_files
from edem.foundation.identity.sealed_files import lie_sealed, store_sealed
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing, NotAllowed
from edem.services.petitions.actions.stepping import lock, show_anew
from edem.services.petitions.models import Attachment, Petition
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.rules.attaching import check_may_add, check_may_change_files, moved_up, words_of_file
from edem.services.petitions.rules.lifecycle import State

PURPOSE = lie_sealed("petitions.attachment")


@transaction.atomic(durable=True)
def attach_file(petition_id: int, upload: "UploadedFile[bytes]", *, title: str, by: Person, now: datetime) -> int:
    """Keep a file with the draft; nobody but its author and the staff reads it before publication."""
    petition = lock_own(petition_id, by=by)

    places = list(petition.attachments.values_list("place", flat=True))
    check_may_add(charter_of(petition), already=len(places))
    words = words_of_file(title)

    stored = store_sealed(upload, community=petition.community, owner=by, purpose=PURPOSE, now=now)
    keep_files([stored.pk], community_id=petition.community_id, owner_id=by.pk)
    place = max(places, default=0) + 1
    return petition.attachments.create(file=stored, title=words, place=place, added_at=now).pk


@transaction.atomic(durable=True)
def rename_attachment(petition_id: int, attachment_id: int, *, title: str, by: Person) -> None:
    attachment = attachment_of(lock_own(petition_id, by=by), attachment_id)

    attachment.title = words_of_file(title)
    attachment.save(update_fields=["title"])


@transaction.atomic(durable=True)
def raise_attachment(petition_id: int, attachment_id: int, *, by: Person) -> None:
    """Put it before the one above it."""
    petition = lock_own(petition_id, by=by)
    raised = attachment_of(petition, attachment_id)

    known = {each.pk: each for each in petition.attachments.all()}
    for place, pk in enumerate(moved_up(list(known), raised.pk), start=1):
        known[pk].place = place
    Attachment.objects.bulk_update(known.values(), ["place"])


@transaction.atomic(durable=True)
def remove_attachment(petition_id: int, attachment_id: int, *, by: Person) -> None:
    attachment = attachment_of(lock_own(petition_id, by=by), attachment_id)

    attachment.delete()
    remove_files([attachment.file_id] if attachment.file_id else [])


def lock_own(petition_id: int, *, by: Person) -> Petition:
    petition = lock(petition_id)
    if petition.author_id != by.pk:
        raise NotAllowed("petition.not_yours")
    check_may_change_files(State(petition.state))
    return petition


def attachment_of(petition: Petition, attachment_id: int) -> Attachment:
    found = petition.attachments.filter(pk=attachment_id).order_by("pk").first()
    if found is None:
        raise Missing("petition.no_such_attachment")
    return found


def show_attachments(petition: Petition) -> None:
    """Part of publication: from now on anyone may open them."""
    publish_files(files_on(petition, hidden_at=None))


def hide_attachments(petition: Petition) -> None:
    """Part of whatever hides the petition's text."""
    withdraw_files(files_on(petition))


def files_on(petition: Petition, **only: None) -> list[UUID]:
    ids = petition.attachments.filter(**only).order_by("pk").values_list("file_id", flat=True)
    return [pk for pk in ids if pk is not None]


def hide_attachment(attachment: Attachment, *, ground: str, now: datetime) -> None:
    """A moderator's decision on a reader's report: that it was here stays in sight, and why it is gone."""
    attachment.hidden_at, attachment.hidden_ground = now, ground
    attachment.save(update_fields=["hidden_at", "hidden_ground"])
    withdraw_files([attachment.file_id] if attachment.file_id else [])
    show_anew(attachment.petition)
