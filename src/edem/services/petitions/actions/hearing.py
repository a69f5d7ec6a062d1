"""Public hearings: appointed with notice, moved, cancelled or declined with a reason, held with published minutes."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.foundation.files.actions import keep_files, publish_files, store_upload
from edem.foundation.files.rules import PAPERS
from edem.foundation.people.models import Person
from edem.foundation.places.queries import working_calendar
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.services.petitions.actions.moderating import log
from edem.services.petitions.actions.stepping import lock, show_anew
from edem.services.petitions.events import HearingChanged
from edem.services.petitions.models import Hearing, HearingChange, Petition
from edem.services.petitions.queries.actors import actors_of
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.rules.hearings import (
    APPOINTS,
    Appointment,
    Change,
    Standing,
    check_appointed,
    check_appointment,
    check_held,
    check_may_be_heard,
    earliest_start,
)
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.text import tidy_line, tidy_paragraphs

PURPOSE = "petitions.hearing"


@transaction.atomic(durable=True)
def appoint_hearing(petition_id: int, wanted: Appointment, *, by: Person, now: datetime) -> int:
    petition = lock_to_hear(petition_id, by=by)

    check_may_be_heard(State(petition.state))
    if petition.hearings.filter(standing=Standing.APPOINTED).exists():
        raise Conflict("petition.hearing_to_come")
    wanted = checked(wanted, petition, now=now)

    hearing = Hearing(petition=petition, standing=Standing.APPOINTED)
    write(hearing, wanted)
    hearing.save()
    record_change(hearing, petition, Change.APPOINTED, by=by, now=now, dates=(None, hearing.starts_at))
    log(petition, "petition.hearing_appointed", by=by, now=now)
    return hearing.pk


@transaction.atomic(durable=True)
def move_hearing(
    petition_id: int, hearing_id: int, wanted: Appointment, *, by: Person, now: datetime, note: str
) -> None:
    """Appoint another time or place; whoever planned to come is told why, and the old date stays visible."""
    petition = lock_to_hear(petition_id, by=by)
    hearing = hearing_of(petition, hearing_id)

    check_appointed(Standing(hearing.standing))
    check_may_be_heard(State(petition.state))
    check_reason(note)
    wanted = checked(wanted, petition, now=now)

    before = hearing.starts_at
    write(hearing, wanted)
    hearing.save()
    record_change(hearing, petition, Change.MOVED, by=by, now=now, note=note, dates=(before, hearing.starts_at))
    log(petition, "petition.hearing_moved", by=by, now=now)


@transaction.atomic(durable=True)
def cancel_hearing(petition_id: int, hearing_id: int, *, by: Person, now: datetime, note: str) -> None:
    petition = lock_to_hear(petition_id, by=by)
    hearing = hearing_of(petition, hearing_id)

    check_appointed(Standing(hearing.standing))
    check_reason(note)

    hearing.standing = Standing.CANCELLED
    hearing.save()
    record_change(hearing, petition, Change.CANCELLED, by=by, now=now, note=note)
    log(petition, "petition.hearing_cancelled", by=by, now=now)


@transaction.atomic(durable=True)
def decline_hearing(petition_id: int, *, by: Person, now: datetime, note: str) -> None:
    """Say in public why a hearing that the petition asks for will not be held."""
    petition = lock_to_hear(petition_id, by=by)

    check_may_be_heard(State(petition.state))
    check_reason(note)
    if not petition.hearing_asked or petition.hearings.exists():
        raise Conflict("petition.hearing_not_asked")

    hearing = Hearing.objects.create(petition=petition, standing=Standing.DECLINED)
    record_change(hearing, petition, Change.DECLINED, by=by, now=now, note=note)
    log(petition, "petition.hearing_declined", by=by, now=now)


@transaction.atomic(durable=True)
def hold_hearing(
    petition_id: int, hearing_id: int, *, record: str, upload: "UploadedFile[bytes] | None", by: Person, now: datetime
) -> None:
    """Publish the minutes, as text or as a paper or both."""
    petition = lock_to_hear(petition_id, by=by)
    hearing = hearing_of(petition, hearing_id)

    check_appointed(Standing(hearing.standing))
    assert hearing.starts_at is not None  # it was appointed
    check_held(hearing.starts_at, now)
    record = tidy_paragraphs(record)
    if not record and upload is None:
        raise Invalid("petition.hearing_without_record", field="record")

    if upload is not None:
        attach(hearing, upload, petition, by=by, now=now)
    hearing.record, hearing.standing = record, Standing.HELD
    hearing.save()
    record_change(hearing, petition, Change.HELD, by=by, now=now)
    log(petition, "petition.hearing_held", by=by, now=now)


def lock_to_hear(petition_id: int, *, by: Person) -> Petition:
    petition = lock(petition_id)
    if actors_of(by, petition).isdisjoint(APPOINTS):
        raise NotAllowed("petition.hearing_not_yours")
    return petition


def hearing_of(petition: Petition, hearing_id: int) -> Hearing:
    hearing = petition.hearings.filter(pk=hearing_id).order_by("pk").first()
    if hearing is None:
        raise Missing("petition.hearing_missing")
    return hearing


def checked(wanted: Appointment, petition: Petition, *, now: datetime) -> Appointment:
    wanted = Appointment(
        starts_at=wanted.starts_at,
        minutes=wanted.minutes,
        place=tidy_line(wanted.place),
        online=tidy_line(wanted.online),
        agenda=tidy_paragraphs(wanted.agenda),
    )
    earliest = earliest_start(charter_of(petition).hearing_notice, now, working_calendar(now))
    answer_due_at = petition.due_at if State(petition.state) is State.CONSIDERATION else None
    check_appointment(wanted, earliest=earliest, answer_due_at=answer_due_at, now=now)
    return wanted


def write(hearing: Hearing, wanted: Appointment) -> None:
    hearing.starts_at, hearing.minutes = wanted.starts_at, wanted.minutes
    hearing.place, hearing.online, hearing.agenda = wanted.place, wanted.online, wanted.agenda


def attach(hearing: Hearing, upload: "UploadedFile[bytes]", petition: Petition, *, by: Person, now: datetime) -> None:
    stored = store_upload(upload, community=petition.community, owner=by, purpose=PURPOSE, now=now, accept=PAPERS)
    keep_files([stored.pk], community_id=petition.community_id, owner_id=by.pk)
    publish_files([stored.pk])
    hearing.record_file = stored


def check_reason(note: str) -> None:
    if not tidy_paragraphs(note):
        raise Invalid("lifecycle.note_required", field="note")


def record_change(
    hearing: Hearing,
    petition: Petition,
    kind: Change,
    *,
    by: Person,
    now: datetime,
    note: str = "",
    dates: tuple[datetime | None, datetime | None] = (None, None),
) -> None:
    change = HearingChange.objects.create(
        hearing=hearing,
        at=now,
        by=by,
        kind=kind,
        note=tidy_paragraphs(note),
        starts_before=dates[0],
        starts_after=dates[1],
    )
    show_anew(petition)
    announce(HearingChanged(petition_id=petition.pk, hearing_id=hearing.pk, change_id=change.pk))
