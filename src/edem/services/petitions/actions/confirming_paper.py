"""What the second clerk does: reads the rows beside the scan, strikes, sends back, or lets them count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import uuid4

from django.db import transaction

from edem.foundation.identity.on_paper import OnPaper, people_on_paper, unseal_number
from edem.foundation.identity.purposes import About, MarkPurpose, ReadPurpose
from edem.foundation.identity.reading import write_down
from edem.foundation.people.models import Person
from edem.kernel.deadlines import KYIV
from edem.kernel.errors import Conflict, Invalid, Missing
from edem.services.petitions.actions.counted import WishedRows
from edem.services.petitions.actions.counting import Moved, announce_moved, count_in
from edem.services.petitions.actions.paper import check_clerk, lock_sheet, record
from edem.services.petitions.actions.stepping import lock, show_anew
from edem.services.petitions.models import PaperRow, PaperSheet, Petition
from edem.services.petitions.models.paper import place_of
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.queries.paper import petition_id_of
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.paper import (
    Outcome,
    SheetState,
    check_four_eyes,
    check_may_confirm,
    check_strikes,
)
from edem.services.petitions.rules.text import tidy_line, tidy_paragraphs

CHANNEL = ASSURANCE = "paper"


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """What became of a sheet's rows."""

    counted: int
    already: int
    struck: int


@transaction.atomic(durable=True)
def confirm_sheet(sheet_id: int, struck: Mapping[int, str], *, by: Person, now: datetime) -> Confirmed:
    """Let the rows that were not struck count; each person once, whether they signed here, there or twice."""
    petition, sheet = lock_both(sheet_id)

    check_clerk(by, sheet.community_id)
    check_may_confirm(SheetState(sheet.state), State(petition.state))
    check_four_eyes(by=by.pk, hands=sheet.hands, two_clerks=charter_of(petition).two_clerks)
    rows = list(sheet.rows.order_by("place"))
    check_strikes(struck, [row.place for row in rows])

    strike(rows, struck)
    known = count_rows(petition, sheet, [row for row in rows if not row.outcome], now=now)
    write_in_their_logs(petition, known.values(), by=by, now=now)
    confirmed = sum_up(rows)
    close(sheet, rows, confirmed, by=by, now=now)

    facts = {"counted": confirmed.counted, "already": confirmed.already, "struck": confirmed.struck}
    record(sheet, "petition.sheet_confirmed", by=by, now=now, **facts)
    return confirmed


@transaction.atomic(durable=True)
def return_sheet(sheet_id: int, *, note: str, by: Person, now: datetime) -> None:
    """Send a sheet back to be mended; its moment stays that of its scan."""
    sheet = lock_sheet(sheet_id)

    check_clerk(by, sheet.community_id)
    if SheetState(sheet.state) is not SheetState.HANDED_OVER:
        raise Conflict("petition.sheet_not_waiting")
    if not (words := tidy_paragraphs(note)):
        raise Invalid("petition.sheet_return_without_note", field="note")

    sheet.state, sheet.handed_over_at, sheet.returned_note = SheetState.RETURNED, None, words[:1000]
    sheet.save()

    record(sheet, "petition.sheet_returned", by=by, now=now)


def lock_both(sheet_id: int) -> tuple[Petition, PaperSheet]:
    """The petition first, as every batch of signatures does: nobody waits for the other in a ring."""
    petition_id = petition_id_of(sheet_id)
    if petition_id is None:
        raise Missing("petition.no_such_sheet")
    return lock(petition_id), lock_sheet(sheet_id)


def strike(rows: Iterable[PaperRow], struck: Mapping[int, str]) -> None:
    for row in rows:
        if reason := tidy_line(struck.get(row.place, "")):
            row.outcome, row.struck_note = Outcome.STRUCK, reason[:300]


def count_rows(
    petition: Petition, sheet: PaperSheet, rows: Sequence[PaperRow], *, now: datetime
) -> Mapping[int, OnPaper]:
    """Mark the rows with what became of them; the counter moves only by those that were added."""
    known = people_of(petition, sheet, rows, now=now)
    first = first_of_each(rows, known)
    told = count_in(WishedRows([signature_of(petition, sheet, row, known[row.place]) for row in first]), now=now)
    added = [row for place, row in enumerate(first) if place not in told.left_out]
    for row in rows:
        row.mark = known[row.place].mark
        row.outcome = Outcome.COUNTED if row in added else Outcome.ALREADY
    if petition.pk in told.counts:
        petition.signature_count = told.counts[petition.pk]
        after = petition.signature_count + petition.imported_count
        announce_moved([Moved(petition=petition, before=after - len(added), after=after)], now=now)
    return known


def write_in_their_logs(petition: Petition, known: Iterable[OnPaper], *, by: Person, now: datetime) -> None:
    """Whoever has signed in before reads in the cabinet that their number was compared with a sheet."""
    people = sorted({each.person_id for each in known if each.person_id})
    about = About(
        kind="petitions.petition",
        number=str(petition.number or ""),
        community_id=petition.community_id,
        path=f"/petitions/{petition.pk}/",
    )
    write_down(people, (), purpose=ReadPurpose.PAPER_SHEET, by=by, now=now, about=about)


def people_of(
    petition: Petition, sheet: PaperSheet, rows: Iterable[PaperRow], *, now: datetime
) -> Mapping[int, OnPaper]:
    numbers = {row.place: unseal_number(row.sealed, place=place_of(sheet.pk, row.place)) for row in rows}
    known = people_on_paper(set(numbers.values()), MarkPurpose.PETITION, key_version=petition.key_version, now=now)
    return {place: known[number] for place, number in numbers.items()}


def first_of_each(rows: Iterable[PaperRow], known: Mapping[int, OnPaper]) -> list[PaperRow]:
    """Somebody may stand on a sheet by a tax number and by a passport: one person, one signature."""
    firsts: dict[bytes, PaperRow] = {}
    for row in rows:
        firsts.setdefault(known[row.place].mark, row)
    return list(firsts.values())


def signature_of(petition: Petition, sheet: PaperSheet, row: PaperRow, person: OnPaper) -> tuple[object, ...]:
    return (
        petition.community_id,
        petition.pk,
        person.mark,
        petition.key_version,
        person.person_id or uuid4(),
        row.name,
        ASSURANCE,
        CHANNEL,
        row.settlement_code,
        moment_of(petition, sheet, row),
        sheet.pk,
    )


def moment_of(petition: Petition, sheet: PaperSheet, row: PaperRow) -> datetime:
    """Noon of the day beside the signature, never before the publication nor after the scan came."""
    assert row.signed_on is not None
    assert sheet.scanned_at is not None
    noon = datetime.combine(row.signed_on, time(12), tzinfo=KYIV)
    return min(max(noon, petition.published_at or noon), sheet.scanned_at)


def sum_up(rows: Sequence[PaperRow]) -> Confirmed:
    def those(outcome: Outcome) -> int:
        return sum(row.outcome == outcome for row in rows)

    return Confirmed(counted=those(Outcome.COUNTED), already=those(Outcome.ALREADY), struck=those(Outcome.STRUCK))


def close(sheet: PaperSheet, rows: Iterable[PaperRow], confirmed: Confirmed, *, by: Person, now: datetime) -> None:
    """From now on the mark alone tells a row's person from others."""
    done = list(rows)
    for row in done:
        row.sealed = b""
    PaperRow.objects.bulk_update(done, ["sealed", "mark", "outcome", "struck_note"])
    sheet.state, sheet.confirmed_by, sheet.confirmed_at = SheetState.CONFIRMED, by, now
    sheet.counted, sheet.already, sheet.struck = confirmed.counted, confirmed.already, confirmed.struck
    sheet.save()
    show_anew(sheet.petition)
