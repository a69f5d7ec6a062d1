"""Paper sheets for tests: neighbours with numbers, a scan, and a sheet brought to the stage that is wanted."""

from datetime import date
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

from edem.foundation.communities.models import CharterVersion
from edem.foundation.files.tests.contents import PDF, picture
from edem.foundation.identity.tests.factories import tax_number_of
from edem.kernel.deadlines import kyiv_day
from edem.services.petitions.actions.paper import attach_scan, fill_sheet, hand_sheet_over, open_sheet
from edem.services.petitions.models import PaperSheet
from edem.services.petitions.rules.paper import Line
from edem.services.petitions.tests.factories import staff

_series = count(5000)


def clerk(community):
    return staff(community, "cnap_clerk")


def scan(name="аркуш.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def photo():
    return SimpleUploadedFile("аркуш.jpg", picture())


def number(born=date(1970, 5, 5)):
    """A tax number that nobody else has."""
    return tax_number_of(born, next(_series) % 10_000)


def line(place, *, now, number, name="Бондар Марія", settlement="UA1"):
    return Line(
        place=place,
        name=f"{name} {place}",
        number=number,
        settlement_code=settlement,
        settlement_typed="Заріччя",
        signed_on=kyiv_day(now),
        day_typed=f"{kyiv_day(now):%d.%m.%Y}",
    )


def sheet_in_work(petition, *, by, now, numbers=(), number=1):
    """Opened, scanned and filled in, but not handed over."""
    sheet_id = open_sheet(petition.pk, number=number, received_on=kyiv_day(now), by=by, now=now)
    attach_scan(sheet_id, scan(), by=by, now=now)
    lines = [line(place, now=now, number=each) for place, each in enumerate(numbers, start=1)]
    fill_sheet(sheet_id, lines, by=by, now=now)
    return PaperSheet.objects.get(pk=sheet_id)


def sheet_waiting(petition, *, by, now, numbers, number=1):
    sheet = sheet_in_work(petition, by=by, now=now, numbers=numbers, number=number)
    hand_sheet_over(sheet.pk, by=by, now=now)
    sheet.refresh_from_db()
    return sheet


def row(place, *, now, **cells):
    usual = {
        "name": f"Бондар Марія {place}",
        "number": number(),
        "settlement": "заріччя",
        "day": f"{kyiv_day(now):%d.%m}",
    }
    return {f"{cell}-{place}": value for cell, value in (usual | cells).items()}


def under_charter(petition, **values):
    """The petition under another regulation."""
    version = petition.charter
    petition.charter = CharterVersion.objects.create(
        community=version.community, service=version.service, version=version.version + 1, act_title="Рішення",
        act_number="2", act_date=date(2026, 1, 1), in_force_from=version.in_force_from,
        values=version.values | values, clauses={},
    )  # fmt: skip
    petition.save()
