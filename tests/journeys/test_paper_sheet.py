"""Neighbours without a smartphone: a clerk enters their sheet, a second one confirms it, everybody sees the count."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from edem.foundation.files.tests.contents import PDF, picture
from edem.foundation.identity.tests.factories import tax_number_of
from edem.kernel.deadlines import kyiv_day
from edem.services.petitions.models import PaperSheet, Petition
from tests.journeys.people import Resident, Walker, Worker, walking
from tests.journeys.steps import number_of, publish, write_petition
from tests.journeys.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEIGHBOURS = ("Бондаренко Ганна", "Ґудзь Їжакевич Олексій", "Мельник Степан", "Ковальчук Надія")
NUMBERS = [tax_number_of(date(1950 + place, 3, 8), 4400 + place) for place in range(len(NEIGHBOURS))]


@pytest.mark.parametrize(
    ("author", "scan", "scripts"),
    [("Руденко", "аркуш.jpg", True), pytest.param("Гнатюк", "аркуш.pdf", False, marks=pytest.mark.full)],
    ids=["with scripts", "without scripts"],
)
@pytest.mark.usefixtures("rows")
def test_neighbours_sign_on_paper(
    browser: Browser, town: Town, author: str, scan: str, scripts: bool, tmp_path: Path
) -> None:
    petition = published(browser, town, author, scripts=scripts)
    (tmp_path / scan).write_bytes(PDF if scan.endswith("pdf") else picture())

    sheet = entered(browser, town, petition, tmp_path / scan, scripts=scripts)
    confirmed(browser, town, sheet, scripts=scripts)

    with walking(browser, town, Walker, scripts=scripts) as visitor:
        visitor.comes_to(petition, "На папері в ЦНАП")
        visitor.press("Хто підписав")
        visitor.reads(NEIGHBOURS[0], NEIGHBOURS[1])
        expect(visitor.page.locator("body")).not_to_contain_text(NEIGHBOURS[3])  # struck
        for number in NUMBERS:
            expect(visitor.page.locator("body")).not_to_contain_text(number)


def published(browser: Browser, town: Town, surname: str, *, scripts: bool) -> str:
    with walking(browser, town, Resident, scripts=scripts) as author:
        author.go("/petitions/start/")
        author.sign_in(surname)
        petition = write_petition(author, f"Поставити лавку біля пошти для старших сусідів ({surname})")
    publish(browser, town, petition, scripts=scripts)
    return petition


def entered(browser: Browser, town: Town, petition: str, scan: Path, *, scripts: bool) -> str:
    """The first clerk: from the number on the paper to a sheet that waits; a mistake on the way is told on its row."""
    number = Petition.objects.get(pk=number_of(petition)).number
    with walking(browser, town, Worker, scripts=scripts) as clerk:
        clerk.sign_in("cnap")
        clerk.press("Підписні листи")
        clerk.page.get_by_label("Номер петиції").fill(str(number))
        clerk.press("Знайти петицію", leads_to="/paper/")
        clerk.page.get_by_label("Скан листа").set_input_files(scan)
        clerk.press("Далі: рядки", leads_to="/rows/")
        today = f"{kyiv_day(Petition.objects.get(pk=number_of(petition)).published_at):%d.%m}"
        for row, name in enumerate(NEIGHBOURS, start=1):
            clerk.page.locator(f"[name=name-{row}]").fill(name)
            clerk.page.locator(f"[name=number-{row}]").fill(NUMBERS[row - 1])
        clerk.page.locator("[name=settlement-1]").fill("Вишневогірськ")
        clerk.page.locator("[name=day-1]").fill(today)
        clerk.page.locator("[name=number-2]").fill("1234567890")
        clerk.press("Передати на підтвердження")
        clerk.reads("Виправте помилки", "Рядок 2: у податковому номері помилка")
        clerk.page.locator("[name=number-2]").fill(NUMBERS[1])
        clerk.press("Передати на підтвердження")
        clerk.reads("Чекає на підтвердження", "Підтвердити його має інший працівник ЦНАП")
    sheet = PaperSheet.objects.get(petition_id=number_of(petition))
    return f"{petition}paper/{sheet.pk}/"


def confirmed(browser: Browser, town: Town, sheet: str, *, scripts: bool) -> None:
    with walking(browser, town, Worker, scripts=scripts) as clerk:
        clerk.sign_in("cnap2")
        clerk.reads("Підписні листи", "Чекає на підтвердження")
        clerk.go(sheet)
        clerk.press("Перевірити й підтвердити", leads_to="/check/")
        clerk.reads(*NEIGHBOURS, *NUMBERS)
        clerk.page.locator("[name=strike-4]").fill("Немає підпису від руки")
        clerk.page.get_by_label("Звірено зі сканом").check()
        clerk.press("Підтвердити лист")
        clerk.reads("Зараховано 3", "Викреслено: Немає підпису від руки")
