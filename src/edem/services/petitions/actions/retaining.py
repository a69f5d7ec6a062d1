"""What the clock takes away: signers' lists when their years are over, drafts that nobody has touched for a year."""

import logging
from datetime import datetime
from typing import Final

from django.db import transaction

from edem.foundation.files.actions import remove_files
from edem.foundation.notices.actions import Mail, send_notice
from edem.foundation.notices.subscribing import forget_subject
from edem.foundation.places.queries import working_calendar
from edem.services.petitions.actions.stepping import lock, show_anew
from edem.services.petitions.models import (
    Attachment,
    Erasure,
    Export,
    KepEvidence,
    KepProof,
    PaperRow,
    PaperSheet,
    Petition,
    Signature,
    SignatureRemoval,
)
from edem.services.petitions.queries.mails import facts_of
from edem.services.petitions.queries.retention import (
    drafts_to_erase,
    drafts_to_warn,
    erasures_to_finish,
    lists_to_erase,
    untouched_drafts,
)
from edem.services.petitions.queries.subjects import subject_of
from edem.services.petitions.rules.lifecycle import SIGNABLE
from edem.services.petitions.rules.retention import Erased, draft_goes_at

logger = logging.getLogger(__name__)

AT_ONCE: Final = 5_000
"""Signatures in one transaction: a list of a million holds no lock for long."""


def erase_old_lists(*, now: datetime) -> None:
    """Go on with what a dead worker left, then begin the lists whose time has come."""
    for petition_id in erasures_to_finish():
        erase_list(petition_id, now=now)
    for petition_id in lists_to_erase(now, working_calendar(now)):
        begin_erasing(petition_id, now=now)
        erase_list(petition_id, now=now)


@transaction.atomic(durable=True)
def begin_erasing(petition_id: int, *, now: datetime) -> None:
    """From this commit on nobody sees the list any more; count and tallies stay as they are (decision 0013)."""
    petition = lock(petition_id)
    if petition.list_erased_at is not None or petition.state in SIGNABLE:
        return
    Erasure.objects.create(
        community_id=petition.community_id,
        petition_id=petition.pk,
        kind=Erased.SIGNERS,
        begun_at=now,
        amount=petition.last_ordinal,
    )
    petition.list_erased_at = now
    petition.save(update_fields=["list_erased_at"])
    show_anew(petition)


def erase_list(petition_id: int, *, now: datetime) -> None:
    """Portion by portion, each a commit of its own; a second run goes on where the first stopped."""
    while _erase_portion(petition_id):
        pass
    _finish_list(petition_id, now=now)


@transaction.atomic(durable=True)
def _erase_portion(petition_id: int) -> bool:
    signatures = Signature.objects.filter(petition_id=petition_id).order_by("ordinal")
    doomed = signatures.values_list("community_id", "ordinal")[:AT_ONCE]
    places = list(doomed)
    if not places:
        return False
    (community_id, first), (_, last) = places[0], places[-1]
    Signature.objects.filter(
        community_id=community_id, petition_id=petition_id, ordinal__gte=first, ordinal__lte=last
    ).delete()
    return True


@transaction.atomic(durable=True)
def _finish_list(petition_id: int, *, now: datetime) -> None:
    """What else tells of the signers: removals, signed files, the clerks' rows, scans, lists made, who follows."""
    petition = lock(petition_id)
    SignatureRemoval.objects.filter(community_id=petition.community_id, petition_id=petition_id).delete()
    KepEvidence.objects.filter(community_id=petition.community_id, petition_id=petition_id).delete()
    KepProof.objects.filter(petition=petition).delete()
    PaperRow.objects.filter(sheet__petition=petition).delete()
    sheets = PaperSheet.objects.filter(petition=petition, scan__isnull=False).order_by("pk")
    scans = list(sheets.values_list("scan_id", flat=True))
    sheets.update(scan=None, erased_at=now)
    made = Export.objects.filter(petition=petition, file__isnull=False).order_by("pk")
    remove_files([*filter(None, scans), *filter(None, made.values_list("file_id", flat=True))])
    forget_subject(subject_of(petition_id), community_id=petition.community_id)
    Erasure.objects.filter(petition_id=petition_id, kind=Erased.SIGNERS).update(finished_at=now)
    logger.info("the signers' list of petition %s is erased", petition_id)


def clear_drafts(*, now: datetime) -> None:
    """Tell authors a month before; take away what they then left as it was."""
    while drafts := drafts_to_warn(now):
        _warn(drafts, now=now)
    while ripe := drafts_to_erase(now):
        for erasure in ripe:
            _erase_draft(erasure.petition_id, now=now)


@transaction.atomic(durable=True)
def _warn(drafts: list[Petition], *, now: datetime) -> None:
    for draft in drafts:
        Erasure.objects.create(
            community_id=draft.community_id, petition_id=draft.pk, kind=Erased.DRAFT, announced_at=now
        )
        _tell_author(draft, "draft_soon_gone", path=f"/petitions/{draft.pk}/edit/", now=now)


@transaction.atomic(durable=True)
def _erase_draft(petition_id: int, *, now: datetime) -> None:
    """A draft that was touched after the warning lives on, and its year begins anew."""
    erasure = Erasure.objects.select_for_update().get(petition_id=petition_id, kind=Erased.DRAFT)
    draft = untouched_drafts().select_related("community").filter(pk=petition_id).order_by("pk").first()
    if draft is None or erasure.announced_at is None or _was_touched_after(draft, erasure.announced_at):
        erasure.delete()
        return
    _tell_author(draft, "draft_gone", path="/petitions/start/", now=now)
    attached = Attachment.objects.filter(petition=draft).order_by("pk")
    files = list(attached.values_list("file_id", flat=True))
    attached.delete()
    remove_files(files)
    draft.delete()
    erasure.begun_at = erasure.finished_at = now
    erasure.save(update_fields=["begun_at", "finished_at"])


def _was_touched_after(draft: Petition, moment: datetime) -> bool:
    return draft.touched_at is not None and draft.touched_at > moment


def _tell_author(draft: Petition, template: str, *, path: str, now: datetime) -> None:
    if draft.author_id is None:
        return
    mail = Mail(
        topic="petitions.mine",
        template=f"petitions/mail/{template}.html",
        path=path,
        once=f"petitions.{template}:{draft.pk}:{now:%Y-%m-%d}",
        facts=facts_of(draft) | {"title": draft.title or "…", "goes_at": draft_goes_at(now)},
    )
    send_notice(draft.author_id, mail, community=draft.community, now=now)
