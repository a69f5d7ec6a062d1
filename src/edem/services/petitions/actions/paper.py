"""What the first clerk does with a sheet of paper signatures: opens it, scans it, enters its rows, hands it over."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from edem.foundation.audit.recording import Fact, record_staff_act
from edem.foundation.events import announce
from edem.foundation.files.actions import keep_files, remove_files
from edem.foundation.files.rules import IMAGES, Kind
from edem.foundation.identity.on_paper import seal_number
from edem.foundation.identity.sealed_files import keep_sealed, store_sealed
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.kernel.deadlines import kyiv_day
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.services.petitions.actions.stepping import lock, show_anew
from edem.services.petitions.events import SheetHandedOver
from edem.services.petitions.models import PaperRow, PaperSheet, Petition
from edem.services.petitions.models.paper import place_of
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.queries.pages import progress_of
from edem.services.petitions.queries.paper import faults_on, sheet_with_number
from edem.services.petitions.rules.collecting import check_may_sign
from edem.services.petitions.rules.paper import LARGEST_NUMBER, MOST_ROWS, Line, SheetState, check_may_fill

PURPOSE: Final = keep_sealed("petitions.paper")
SCANS: Final = IMAGES | {Kind.PDF}


@transaction.atomic(durable=True)
def open_sheet(
    petition_id: int,
    *,
    number: int,
    received_on: date,
    scan: "UploadedFile[bytes] | None" = None,
    by: Person,
    now: datetime,
) -> int:
    """Begin a sheet that came over the counter while the petition collects, with its scan if it is at hand."""
    petition = lock(petition_id)

    check_clerk(by, petition.community_id)
    check_takes_paper(petition, now=now)
    check_received(petition, received_on, now=now)
    if not 0 < number <= LARGEST_NUMBER:
        raise Invalid("petition.sheet_number_wrong", most=LARGEST_NUMBER, field="number")
    if sheet_with_number(petition, number):
        raise Conflict("petition.sheet_known", number=number, field="number")

    sheet = PaperSheet.objects.create(
        community_id=petition.community_id,
        petition=petition,
        number=number,
        received_on=received_on,
        opened_by=by,
        opened_at=now,
        hands=[by.pk],
    )
    if scan:
        take_scan(sheet, scan, by=by, now=now)

    record(sheet, "petition.sheet_opened", by=by, now=now)
    return sheet.pk


@transaction.atomic(durable=True)
def attach_scan(sheet_id: int, upload: "UploadedFile[bytes]", *, by: Person, now: datetime) -> None:
    """The scan's moment is the signatures' moment, so it is taken only while the petition collects."""
    sheet = lock_sheet(sheet_id)

    check_clerk(by, sheet.community_id)
    check_may_fill(SheetState(sheet.state))
    check_takes_paper(sheet.petition, now=now)

    take_scan(sheet, upload, by=by, now=now)

    record(sheet, "petition.sheet_scanned", by=by, now=now)


@transaction.atomic(durable=True)
def fill_sheet(sheet_id: int, lines: Sequence[Line], *, by: Person, now: datetime) -> None:
    """Keep the rows as they were typed, right or wrong: a draft may be left at any time."""
    sheet = lock_sheet(sheet_id)

    check_clerk(by, sheet.community_id)
    check_may_fill(SheetState(sheet.state))
    if len(lines) > MOST_ROWS or any(not 1 <= line.place <= MOST_ROWS for line in lines):
        raise Invalid("petition.sheet_too_long", most=MOST_ROWS)

    sheet.rows.all().delete()
    PaperRow.objects.bulk_create(row_of(sheet, line) for line in lines)
    touch(sheet, by=by)

    record(sheet, "petition.sheet_filled", by=by, now=now, rows=len(lines))


@transaction.atomic(durable=True)
def hand_sheet_over(sheet_id: int, *, by: Person, now: datetime) -> None:
    """Pass a faultless sheet to the clerk who confirms it."""
    sheet = lock_sheet(sheet_id)

    check_clerk(by, sheet.community_id)
    check_may_fill(SheetState(sheet.state))
    if sheet.scan_id is None:
        raise Invalid("petition.sheet_without_scan")
    if not sheet.rows.exists():
        raise Invalid("petition.sheet_empty")
    if faults_on(sheet):
        raise Invalid("petition.sheet_has_faults")

    sheet.state, sheet.handed_over_at, sheet.returned_note = SheetState.HANDED_OVER, now, ""
    touch(sheet, by=by)

    announce(SheetHandedOver(sheet_id=sheet.pk, handed_over_at=now))
    record(sheet, "petition.sheet_handed_over", by=by, now=now)


@transaction.atomic(durable=True)
def discard_sheet(sheet_id: int, *, by: Person, now: datetime) -> None:
    """A sheet opened by mistake: its rows and scan go, that it was here stays."""
    sheet = lock_sheet(sheet_id)

    check_clerk(by, sheet.community_id)
    check_may_fill(SheetState(sheet.state))

    scan = sheet.scan_id
    sheet.rows.all().delete()
    sheet.state, sheet.scan, sheet.scanned_at = SheetState.DISCARDED, None, None
    touch(sheet, by=by)
    if scan:
        remove_files([scan])

    record(sheet, "petition.sheet_discarded", by=by, now=now)


@transaction.atomic(durable=True)
def note_scan_read(sheet_id: int, *, by: Person, now: datetime) -> None:
    """A scan shows names, numbers and addresses: whoever looks at it is written down."""
    sheet = lock_sheet(sheet_id)

    record(sheet, "petition.sheet_scan_read", by=by, now=now)


def take_scan(sheet: PaperSheet, upload: "UploadedFile[bytes]", *, by: Person, now: datetime) -> None:
    former, community = sheet.scan_id, sheet.petition.community
    stored = store_sealed(upload, community=community, owner=by, purpose=PURPOSE, now=now, accept=SCANS)
    keep_files([stored.pk], community_id=sheet.community_id, owner_id=by.pk)
    sheet.scan, sheet.scanned_at = stored, now
    touch(sheet, by=by)
    if former:
        remove_files([former])


def lock_sheet(sheet_id: int) -> PaperSheet:
    found = PaperSheet.objects.select_for_update(of=("self",), no_key=True)
    sheet = found.select_related("petition__community", "petition__charter").filter(pk=sheet_id).order_by("pk").first()
    if sheet is None:
        raise Missing("petition.no_such_sheet")
    return sheet


def check_clerk(by: Person, community_id: int) -> None:
    if Role.CLERK not in roles_of(by.pk, community_id):
        raise NotAllowed("petition.clerks_only")


def check_takes_paper(petition: Petition, *, now: datetime) -> None:
    if not charter_of(petition).paper_signatures:
        raise Conflict("petition.no_paper")
    check_may_sign(progress_of(petition), now)


def check_received(petition: Petition, received_on: date, *, now: datetime) -> None:
    first, last = kyiv_day(petition.published_at or now), kyiv_day(now)
    if not first <= received_on <= last:
        raise Invalid("petition.sheet_day_outside", first=first, last=last, field="received_on")


def touch(sheet: PaperSheet, *, by: Person) -> None:
    """Save the sheet; whoever changed anything of it is among its hands for ever."""
    if by.pk not in sheet.hands:
        sheet.hands = [*sheet.hands, by.pk]
    sheet.save()
    show_anew(sheet.petition)


def row_of(sheet: PaperSheet, line: Line) -> PaperRow:
    return PaperRow(
        sheet=sheet,
        place=line.place,
        name=line.name,
        sealed=seal_number(line.number, place=place_of(sheet.pk, line.place)),
        settlement_code=line.settlement_code,
        settlement_typed=line.settlement_typed,
        signed_on=line.signed_on,
        day_typed=line.day_typed,
    )


def record(sheet: PaperSheet, act: str, *, by: Person, now: datetime, **facts: Fact) -> None:
    """In the log of staff acts: the petition, the sheet's number, nothing of its people."""
    record_staff_act(
        by, act, community_id=sheet.community_id, subject=sheet.petition, now=now, sheet=sheet.number, **facts
    )
