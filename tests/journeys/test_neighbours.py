"""Neighbours at one problem: one shows what they see on another's report, others mend it with their own hands."""

import pytest
from playwright.sync_api import Browser, expect

from edem.services.reports.models import Photo, Report
from tests.journeys.people import Resident, Walker, Worker, walking
from tests.journeys.street import number_of, sent_before, street_photo
from tests.journeys.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OLENA = "Ткачук Олена"
NEIGHBOUR = "Бондар Марія"
PIT = "Яма на виїзді з двору. Учора пробили колесо."
BENCH = "Облізли лавки біля під’їзду. Сісти ніде."
PLAN = "У суботу о десятій фарбуємо лавки. Фарбу маємо, потрібні руки."
DONE = "Пофарбували чотири лавки, замінили дві дошки."


@pytest.mark.usefixtures("rows")
def test_a_neighbour_adds_a_photo_to_anothers_report(browser: Browser, town: Town) -> None:
    report = sent_before(OLENA, PIT, category="3.8")
    with walking(browser, town, Resident) as neighbour:
        neighbour.go(report)
        neighbour.press("Додати фото чи відео")
        neighbour.sign_in(NEIGHBOUR)
        neighbour.page.wait_for_url("**/photos/add/")
        neighbour.page.get_by_label("Фото чи відео").set_input_files(street_photo())
        neighbour.press("Додати", leads_to=report)
        neighbour.reads("фото.jpg» додано")
    with walking(browser, town, Walker) as visitor:
        visitor.go(report)
        seen = visitor.page.locator("main img[src*='/files/']")
        for _ in range(40):
            if seen.count():
                break
            visitor.page.wait_for_timeout(250)
            visitor.page.reload()
        expect(seen).to_have_count(1)
        visitor.look()
    photo = Photo.objects.get(report_id=number_of(report))
    assert (photo.hidden, photo.file.is_public) == (False, True)
    assert photo.added_by is not None
    assert photo.added_by.display_name.startswith("Бондар")


@pytest.mark.usefixtures("rows")
def test_neighbours_mend_it_themselves_and_the_moderator_closes(browser: Browser, town: Town) -> None:
    report = sent_before(OLENA, BENCH, category="2.7")
    with walking(browser, town, Resident) as leader:
        leader.go(report)
        leader.press("Зробити це самим, із сусідами")
        leader.sign_in(NEIGHBOUR)
        leader.page.get_by_label("Що і як зробите").fill(PLAN)
        leader.press("Запропонувати", leads_to=report)
        leader.reads(PLAN, "Чекає на модератора")
    with walking(browser, town, Worker) as moderator:
        moderator.sign_in("moderator")
        moderator.press("Облізли лавки біля під’їзду")
        moderator.press("Погодити або ні")
        moderator.reads(PLAN)
        moderator.press("Погодити", leads_to="/case/")
        moderator.reads("Прийнята в роботу")  # agreeing is the act's step: nobody presses twice
    assert Report.objects.get(pk=number_of(report)).self_organised
    with walking(browser, town, Resident) as leader:
        leader.go("/cabinet/")
        leader.sign_in(NEIGHBOUR)
        leader.comes_to(report, "Погоджено модератором")
        leader.press("Розповісти, що зроблено")
        leader.page.get_by_label("Що зроблено").fill(DONE)
        leader.page.get_by_label("Фото після робіт").set_input_files(street_photo(mended=True))
        leader.press("Надіслати", leads_to=report)
    with walking(browser, town, Worker) as moderator:
        moderator.sign_in("moderator")
        moderator.press("Облізли лавки біля під’їзду")
        moderator.reads(DONE)
        moderator.take("Закрити", ticks="Вирішено", writes=[("Що зроблено або чому ні", DONE)])
        moderator.reads("Закрита")
    with walking(browser, town, Walker) as visitor:
        visitor.comes_to(report, DONE)
        visitor.reads("Закрита")
