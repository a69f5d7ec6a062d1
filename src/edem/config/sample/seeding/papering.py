"""Neighbours who sign by hand: one sheet confirmed by the second clerk, one that waits for them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from edem.config.sample.seeding.registering import People, Registered
from edem.config.sample.seeding.settling import Settled
from edem.foundation.documents.rendering import render_pdf
from edem.foundation.files.rules import Kind
from edem.foundation.identity.sealed_files import store_made_sealed
from edem.foundation.people.models import Person
from edem.kernel.deadlines import kyiv_day
from edem.services.petitions.actions.confirming_paper import close, count_rows, strike, sum_up
from edem.services.petitions.actions.paper import PURPOSE, record, row_of
from edem.services.petitions.models import PaperRow, PaperSheet, Petition, Signature
from edem.services.petitions.rules.paper import Line, SheetState
from edem.ui.words import last_day

ON_PAPER: Final = "Лавки зі спинками для тих, кому важко йти без відпочинку"
FIRST, SECOND = "cnap", "cnap2"
COUNTED, WAITING = 10, 8
STRUCK: Final = {4: "Дата підпису нерозбірлива"}
_ROWS: Final = 30


def enter_sheets(settled: Settled, people: People, *, now: datetime) -> int:
    """How many signatures came on paper; none where the community has no such petition."""
    petition = Petition.objects.filter(community=settled.community, title=ON_PAPER).order_by("pk").first()
    if petition is None or petition.published_at is None:
        return 0
    signed = set(Signature.objects.filter(petition_id=petition.pk).order_by().values_list("person_id", flat=True))
    ready = [
        each
        for each in people.values()
        if not each.resident.key and each.claims.tax_number and each.person.created_at < petition.published_at
    ]
    fresh = (each for each in ready if each.person.pk not in signed)
    again = next(each for each in ready if each.person.pk in signed)
    first, second = (Person.objects.get(login=login) for login in (FIRST, SECOND))
    done = sheet_of(petition, [*islice(fresh, COUNTED), again], number=1, by=first, at=now - timedelta(days=9))
    confirmed = confirm(petition, done, by=second, at=now - timedelta(days=8, hours=3))
    sheet_of(petition, list(islice(fresh, WAITING)), number=2, by=first, at=now - timedelta(hours=5))
    return confirmed


def sheet_of(petition: Petition, signers: Sequence[Registered], *, number: int, by: Person, at: datetime) -> PaperSheet:
    lines = [line_of(each, place=place, at=at) for place, each in enumerate(signers, start=1)]
    scan = store_made_sealed(
        scanned(petition, signers, lines, number=number, at=at),
        name=f"Підписний лист {number}.pdf",
        kind=Kind.PDF,
        community=petition.community,
        purpose=PURPOSE,
        now=at,
    )
    sheet = PaperSheet.objects.create(
        community=petition.community,
        petition=petition,
        number=number,
        state=SheetState.HANDED_OVER,
        received_on=kyiv_day(at),
        scan=scan,
        scanned_at=at,
        opened_by=by,
        opened_at=at,
        hands=[by.pk],
        handed_over_at=at + timedelta(minutes=25),
    )
    PaperRow.objects.bulk_create(row_of(sheet, line) for line in lines)
    record(sheet, "petition.sheet_opened", by=by, now=at)
    record(sheet, "petition.sheet_handed_over", by=by, now=at + timedelta(minutes=25))
    return sheet


def line_of(signer: Registered, *, place: int, at: datetime) -> Line:
    signed_on = kyiv_day(at - timedelta(days=1 + place % 3))
    return Line(
        place=place,
        name=signer.person.display_name,
        number=signer.claims.tax_number,
        settlement_code=signer.resident.settlement_code,
        settlement_typed=signer.resident.settlement,
        signed_on=signed_on,
        day_typed=f"{signed_on:%d.%m.%Y}",
    )


def confirm(petition: Petition, sheet: PaperSheet, *, by: Person, at: datetime) -> int:
    """The same beats as the service's own action, inside the seed's one transaction."""
    rows = list(sheet.rows.order_by("place"))
    strike(rows, STRUCK)
    count_rows(petition, sheet, [row for row in rows if not row.outcome], now=at)
    confirmed = sum_up(rows)
    close(sheet, rows, confirmed, by=by, now=at)
    facts = {"counted": confirmed.counted, "already": confirmed.already, "struck": confirmed.struck}
    record(sheet, "petition.sheet_confirmed", by=by, now=at, **facts)
    return confirmed.counted


def scanned(
    petition: Petition, signers: Sequence[Registered], lines: Sequence[Line], *, number: int, at: datetime
) -> bytes:
    """The blank as the neighbours gave it back, filled in."""
    facts = {
        "title": petition.title,
        "number": str(petition.number),
        "sheet": str(number),
        "demand": petition.demand,
        "where": petition.community.cnap_address,
        "closes": last_day(petition.closes_at),
        "age": 0,
        "rows": _ROWS,
        "lines": [
            [line.name, line.number, signer.resident.address, line.day_typed]
            for line, signer in zip(lines, signers, strict=True)
        ],
    }
    return render_pdf("petitions/paper_blank.typ", facts, community=petition.community, now=at)
