"""Evidence of fulfilment: taken redrawn and private, shown to everybody once a member of staff has looked at it."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from edem.foundation.files.actions import keep_files, publish_files, remove_files
from edem.foundation.identity.sealed_files import lie_sealed, store_sealed
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Invalid, Missing
from edem.services.petitions.actions.fulfilling import lock_to_keep, stage_of
from edem.services.petitions.actions.moderating import log
from edem.services.petitions.actions.stepping import show_anew
from edem.services.petitions.models import Evidence, Petition
from edem.services.petitions.rules.fulfilment import CHECKS_EVIDENCE, HAS_A_PLAN, MOST_PIECES
from edem.services.petitions.rules.text import tidy_line

PURPOSE = lie_sealed("petitions.evidence")


@transaction.atomic(durable=True)
def add_evidence(
    petition_id: int, stage_id: int, uploads: "Sequence[UploadedFile[bytes]]", *, words: str, by: Person, now: datetime
) -> None:
    """Keep photos and papers of a stage; nobody but the staff sees them until they are checked."""
    petition = lock_to_keep(petition_id, by=by, states=HAS_A_PLAN)
    stage = stage_of(petition, stage_id)

    words = tidy_line(words)
    if not words:
        raise Invalid("petition.evidence_without_words", field="words")
    if stage.evidence.count() + len(uploads) > MOST_PIECES:
        raise Conflict("petition.too_much_evidence", most=MOST_PIECES)

    for upload in uploads:
        stored = store_sealed(upload, community=petition.community, owner=by, purpose=PURPOSE, now=now)
        keep_files([stored.pk], community_id=petition.community_id, owner_id=by.pk)
        Evidence.objects.create(stage=stage, file=stored, words=words, added_at=now, added_by=by)
    log(petition, "petition.evidence_added", by=by, now=now)


@transaction.atomic(durable=True)
def publish_evidence(petition_id: int, evidence_id: int, *, by: Person, now: datetime) -> None:
    petition = lock_to_keep(petition_id, by=by, roles=CHECKS_EVIDENCE, states=HAS_A_PLAN)
    evidence = evidence_of(petition, evidence_id)

    if evidence.published_at is not None:
        return

    evidence.published_at, evidence.published_by = now, by
    evidence.save()
    publish_files([evidence.file_id])
    show_anew(petition)
    log(petition, "petition.evidence_published", by=by, now=now)


@transaction.atomic(durable=True)
def remove_evidence(petition_id: int, evidence_id: int, *, by: Person, now: datetime) -> None:
    """Take away what shows too much: a face, a number plate, somebody's address."""
    petition = lock_to_keep(petition_id, by=by, roles=CHECKS_EVIDENCE, states=HAS_A_PLAN)
    evidence = evidence_of(petition, evidence_id)

    evidence.delete()
    remove_files([evidence.file_id])
    show_anew(petition)
    log(petition, "petition.evidence_removed", by=by, now=now)


def evidence_of(petition: Petition, evidence_id: int) -> Evidence:
    found = Evidence.objects.filter(stage__petition=petition, pk=evidence_id).order_by("pk").first()
    if found is None:
        raise Missing("petition.evidence_missing")
    return found
