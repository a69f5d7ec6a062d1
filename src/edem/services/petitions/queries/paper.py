"""Reads about paper sheets: one sheet with what is wrong in it, a petition's sheets, and the clerks' queue."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from edem.foundation.communities.models import Community
from edem.foundation.files.models import StoredFile
from edem.foundation.identity.on_paper import people_on_paper, unseal_number
from edem.foundation.identity.purposes import MarkPurpose
from edem.foundation.people.models import Person
from edem.foundation.people.queries import holders_of
from edem.foundation.people.roles import Role
from edem.foundation.places.queries import settlements_of, working_calendar
from edem.kernel.deadlines import WorkingCalendar, ends_at, kyiv_day
from edem.kernel.errors import Invalid, Missing
from edem.kernel.lifecycle import StateLook
from edem.services.petitions.models import PaperRow, PaperSheet, Petition, Signature
from edem.services.petitions.models.paper import place_of
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.rules.paper import (
    SHEET_LOOKS,
    WAITING,
    Fault,
    Frame,
    Line,
    SheetState,
    faults_of,
    identifier_of,
)


def sheet_for(community: Community, petition_id: int, sheet_id: int) -> PaperSheet:
    """A sheet of this petition of this community; another's is no sheet here."""
    found = PaperSheet.objects.select_related(
        "petition__community", "petition__charter", "scan", "opened_by", "confirmed_by"
    ).filter(pk=sheet_id, petition_id=petition_id, community=community)
    sheet = found.order_by("pk").first()
    if sheet is None:
        raise Missing("petition.no_such_sheet")
    return sheet


def petition_id_of(sheet_id: int) -> int | None:
    found = PaperSheet.objects.filter(pk=sheet_id).order_by("pk")
    return found.values_list("petition_id", flat=True).first()


def sheet_with_number(petition: Petition, number: int) -> bool:
    same = PaperSheet.objects.filter(petition=petition, number=number)
    return same.exclude(state=SheetState.DISCARDED).exists()


def sheets_of(petition: Petition) -> QuerySet[PaperSheet]:
    kept = PaperSheet.objects.filter(petition=petition).exclude(state=SheetState.DISCARDED)
    return kept.select_related("opened_by", "confirmed_by").order_by("number", "pk")


def petition_numbered(community: Community, number: int) -> int:
    """The key of the petition with this number, which paper and people know it by."""
    found = Petition.objects.filter(community=community, number=number).order_by("pk")
    petition_id = found.values_list("pk", flat=True).first()
    if petition_id is None:
        raise Missing("petition.missing")
    return petition_id


def next_number(petition: Petition) -> int:
    return (sheets_of(petition).aggregate(last=Max("number"))["last"] or 0) + 1


def sheets_waiting(community: Community) -> QuerySet[PaperSheet]:
    waiting = PaperSheet.objects.filter(community=community, state__in=list(WAITING))
    return waiting.select_related("petition").order_by("petition__closes_at", "number", "pk")


def sheet_to_confirm(sheet_id: int, *, since: datetime) -> PaperSheet | None:
    """Only while this very handing over still waits."""
    waiting = PaperSheet.objects.filter(pk=sheet_id, state=SheetState.HANDED_OVER, handed_over_at=since)
    return waiting.select_related("petition__community", "petition__charter").order_by("pk").first()


def may_confirm_sheet(sheet: PaperSheet) -> list[UUID]:
    """The clerks who had no hand in it; all of them where the charter asks for one clerk only."""
    clerks = {each.pk for each in holders_of(Role.CLERK, community_id=sheet.community_id)}
    return sorted(clerks - set(sheet.hands) if charter_of(sheet.petition).two_clerks else clerks)


def waiting_after_end(petition: Petition, *, now: datetime) -> int:
    """Sheets whose scan came in time and whose rows nobody has confirmed, though the collection is over."""
    ended = ended_at(petition)
    if ended is None or now < ended or not charter_of(petition).paper_signatures:
        return 0
    scanned = PaperSheet.objects.filter(petition=petition, state__in=list(WAITING), scanned_at__isnull=False)
    return scanned.count()


def due_of(sheet: PaperSheet, *, now: datetime, calendar: WorkingCalendar) -> datetime | None:
    """Until the end of the collection at best; after it, within the term that the charter gives the clerks."""
    ended = ended_at(sheet.petition)
    if ended is None or now < ended:
        return ended
    return ends_at(charter_of(sheet.petition).paper_checking, ended, calendar)


def ended_at(petition: Petition) -> datetime | None:
    """Signing ends with the term or with the answer, whichever is first."""
    ends = [moment for moment in (petition.closes_at, petition.answered_at) if moment]
    return min(ends, default=None)


def lines_on(sheet: PaperSheet) -> list[Line]:
    return [line_of(row) for row in sheet.rows.order_by("place")]


def line_of(row: PaperRow) -> Line:
    return Line(
        place=row.place,
        name=row.name,
        number=unseal_number(row.sealed, place=place_of(row.sheet_id, row.place)),
        settlement_code=row.settlement_code,
        settlement_typed=row.settlement_typed,
        signed_on=row.signed_on,
        day_typed=row.day_typed,
    )


def faults_on(sheet: PaperSheet) -> list[Fault]:
    return faults_of(lines_on(sheet), frame_of(sheet))


def frame_of(sheet: PaperSheet) -> Frame:
    petition = sheet.petition
    return Frame(
        published_on=kyiv_day(petition.published_at or sheet.opened_at),
        received_on=sheet.received_on,
        minimum_age=charter_of(petition).minimum_age,
    )


def already_counted(petition: Petition, lines: Collection[Line], *, now: datetime) -> frozenset[int]:
    """Places of the rows whose people have signed before; whose and how is not said."""
    numbers = {line.place: line.number for line in lines if is_readable(line.number)}
    known = people_on_paper(set(numbers.values()), MarkPurpose.PETITION, key_version=petition.key_version, now=now)
    marks = {place: known[number].mark for place, number in numbers.items() if number in known}
    given = Signature.objects.filter(
        community_id=petition.community_id, petition_id=petition.pk, mark__in=list(marks.values())
    )
    signed = {bytes(mark) for mark in given.order_by("mark").values_list("mark", flat=True)}
    return frozenset(place for place, mark in marks.items() if mark in signed)


def is_readable(number: str) -> bool:
    try:
        return bool(identifier_of(number))
    except Invalid:
        return False


def settlements_in(community: Community) -> Mapping[str, str]:
    """Name → code; of two with the same name the second is told apart by its code."""
    named: dict[str, str] = {}
    for unit in settlements_of(community.katottg):
        named[f"{unit.name} ({unit.code})" if unit.name in named else unit.name] = unit.code
    return named


@dataclass(frozen=True, kw_only=True)
class SheetPage:
    """A sheet as the clerks read it."""

    sheet: PaperSheet
    rows: Sequence[PaperRow]
    lines: Sequence[Line]
    due_at: datetime | None
    two_clerks: bool
    is_mine: bool
    """The reader entered something of it."""
    entered_by: Sequence[str]


def sheet_page(sheet: PaperSheet, *, reader: Person, now: datetime) -> SheetPage:
    rows = list(sheet.rows.order_by("place"))
    return SheetPage(
        sheet=sheet,
        rows=rows,
        lines=[line_of(row) for row in rows],
        due_at=due_of(sheet, now=now, calendar=working_calendar(now)),
        two_clerks=charter_of(sheet.petition).two_clerks,
        is_mine=reader.pk in sheet.hands,
        entered_by=names_of(sheet.hands),
    )


def names_of(people: Collection[UUID]) -> Sequence[str]:
    known = Person.objects.filter(pk__in=people).order_by("name_key", "pk")
    return list(known.values_list("display_name", flat=True))


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """A sheet as one line of a list."""

    sheet: PaperSheet
    look: StateLook
    due_at: datetime | None


def sheet_rows(sheets: Iterable[PaperSheet], *, now: datetime) -> list[SheetRow]:
    calendar = working_calendar(now)
    return [
        SheetRow(
            sheet=sheet,
            look=SHEET_LOOKS[SheetState(sheet.state)],
            due_at=due_of(sheet, now=now, calendar=calendar) if SheetState(sheet.state) in WAITING else None,
        )
        for sheet in sheets
    ]


def scan_of(sheet: PaperSheet) -> StoredFile:
    if sheet.scan is None:
        raise Missing("petition.no_such_sheet")
    return sheet.scan
