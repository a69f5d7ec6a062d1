"""Answers that come by mail: an organisation's from its own box, the author's to any letter about their report."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from edem.foundation.catalog.replies import Reply, ReplyFile
from edem.foundation.files.actions import keep_files
from edem.foundation.files.looking import looked_over
from edem.foundation.files.rules import IMAGES, PAPERS, Kind, check_may_take
from edem.foundation.identity.sealed_files import lie_sealed, store_made_sealed
from edem.foundation.identity.sealed_originals import store_sealed_original
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing, Refused
from edem.services.reports.actions.after_photos import MOST, PURPOSE
from edem.services.reports.actions.answering import write_answer
from edem.services.reports.actions.drawing import ask_drawing
from edem.services.reports.actions.stepping import lock
from edem.services.reports.actions.waiting_photos import wait_for_moderator
from edem.services.reports.actions.writing_to_boxes import assignment_named
from edem.services.reports.charter import Moderation
from edem.services.reports.messages import words_of_pictures
from edem.services.reports.models import Answer, AnswerFile, MailedAnswer, Photo, Report
from edem.services.reports.queries.boxes import assignment_in, body_with_box
from edem.services.reports.queries.charters import charter_of
from edem.services.reports.queries.people import authors_of
from edem.services.reports.rules.lifecycle import IN_PUBLIC, State
from edem.services.reports.rules.words import TEXT_MOST

logger = logging.getLogger(__name__)

LEAST_SIDE: Final = 300
"""Pixels: a picture smaller than that is somebody's logo under their signature."""
FILES_MOST: Final = 8
DOCUMENT: Final = lie_sealed("reports.document")


@transaction.atomic(durable=True)
def take_official_answer(reply: Reply, now: datetime) -> bool:
    """From the mailbox of an organisation that holds the report, or held it; or from the control body's."""
    assignment = assignment_in(reply.community_id, assignment_named(reply.once))
    body = body_with_box(reply.community_id, reply.address) if reply.address else None
    if assignment is None or body is None:
        return False
    report = lock(assignment.report_id)
    if _landed(reply.id):
        return True
    if not _is_read(report):
        return False

    answer = _write(reply, report, kind=Answer.Kind.ANSWER, organisation_id=body.pk, by=None, now=now)
    _keep_files(reply, report, answer, stage=Photo.Stage.AFTER, are_shown=True, by=None, now=now)
    return True


@transaction.atomic(durable=True)
def take_author_answer(reply: Reply, now: datetime) -> bool:
    """From the author, or from one whose report was joined to this one."""
    person = Person.objects.filter(pk__in=[reply.person_id], is_active=True).order_by("pk").first()
    report_id = report_named(reply.once)
    if person is None or not report_id:
        return False
    try:
        report = lock(report_id)
    except Missing:
        return False
    if _landed(reply.id):
        return True
    if report.community_id != reply.community_id or person.pk not in authors_of(report) or not _is_read(report):
        return False

    answer = _write(reply, report, kind=Answer.Kind.REPLY, organisation_id=None, by=person, now=now)
    are_shown = charter_of(report).moderation is Moderation.AFTER
    _keep_files(reply, report, answer, stage=Photo.Stage.BEFORE, are_shown=are_shown, by=person, now=now)
    return True


def report_named(once: str) -> int:
    """Nought when the occasion names none."""
    parts = once.split(":")
    return int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else 0


def _landed(reply_id: UUID) -> bool:
    return MailedAnswer.objects.filter(reply_id=reply_id).exists()


def _is_read(report: Report) -> bool:
    return State(report.state) in IN_PUBLIC - {State.REJECTED}


def _write(
    reply: Reply, report: Report, *, kind: str, organisation_id: int | None, by: Person | None, now: datetime
) -> Answer:
    text = reply.text.strip()[:TEXT_MOST] or words_of_pictures()
    answer = write_answer(report, text, kind=kind, organisation_id=organisation_id, by=by, now=now)
    MailedAnswer.objects.create(answer=answer, reply_id=reply.id)
    return answer


def _keep_files(
    reply: Reply,
    report: Report,
    answer: Answer,
    *,
    stage: str,
    are_shown: bool,
    by: Person | None,
    now: datetime,
) -> None:
    """Pictures join the report's photos; documents are the staff's to read. What is neither is left out."""
    for each in _taken(reply.files):
        try:
            with transaction.atomic():
                _keep(each, report, answer, stage=stage, is_shown=are_shown, by=by, now=now)
        except Refused as refusal:
            logger.info("a file of answer %s was left out: %s", answer.pk, refusal.code)


def _taken(files: Sequence[ReplyFile]) -> Sequence[ReplyFile]:
    return files[:FILES_MOST]


def _keep(
    file: ReplyFile, report: Report, answer: Answer, *, stage: str, is_shown: bool, by: Person | None, now: datetime
) -> None:
    kind = check_may_take(file.content, accept=IMAGES | PAPERS)
    if kind in IMAGES:
        _keep_picture(file, report, stage=stage, is_shown=is_shown, by=by, now=now)
    else:
        _keep_document(file, kind, report, answer, now=now)


def _keep_picture(
    file: ReplyFile, report: Report, *, stage: str, is_shown: bool, by: Person | None, now: datetime
) -> None:
    """As it came, sealed; a job draws it, and says so where nothing can open it (decision 0042)."""
    there = Photo.objects.filter(report=report, stage=stage).count()
    looked = looked_over(file.content, now=now)
    if there >= MOST or min(looked.width, looked.height) < LEAST_SIDE:
        return
    upload = SimpleUploadedFile(file.name or "photo", file.content)
    taken = store_sealed_original(upload, community=report.community, owner=None, purpose=PURPOSE, now=now).file
    keep_files([taken.pk], community_id=report.community_id, owner_id=None)
    photo = Photo.objects.create(
        report=report,
        file=taken,
        position=there,
        stage=stage,
        width=0,
        height=0,
        added_by=by,
        added_at=now,
        hidden=True,
    )
    ask_drawing([taken.pk])
    if not is_shown:
        wait_for_moderator(photo, now=now)


def _keep_document(file: ReplyFile, kind: Kind, report: Report, answer: Answer, *, now: datetime) -> None:
    stored = store_made_sealed(
        file.content, name=file.name, kind=kind, community=report.community, purpose=DOCUMENT, now=now
    )
    AnswerFile.objects.create(answer=answer, file=stored)
