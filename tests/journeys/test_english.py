"""The same pages in English: a visitor, a resident and a moderator switch the language and find nothing broken."""

import re

import pytest
from playwright.sync_api import Browser

from tests.journeys.people import Resident, Walker, Worker, walking
from tests.journeys.steps import publish, write_petition
from tests.journeys.street import sent_before
from tests.journeys.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.full, pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "/", "/petitions/", "/search/?q=стежка", "/search/?q=бегемот", "/rules/", "/rules/petitions/", "/open-data/",
    "/moderation/", "/developers/", "/accessibility/", "/nowhere/",
    "/reports/", "/reports/map/", "/reports/periods/", "/reports/periods/any/", "/rules/reports/", "/reports/guide/",
]  # fmt: skip
OWN = [
    "/petitions/start/",
    "/reports/start/",
    "/reports/watch/",
    "/cabinet/",
    "/cabinet/notices/",
    "/cabinet/mailing/",
    "/cabinet/my-data/",
]
CYRILLIC = re.compile(r"[а-яіїєґ]{3,}", re.IGNORECASE)


@pytest.mark.usefixtures("rows")
def test_every_page_speaks_english(browser: Browser, town: Town) -> None:
    report = sent_before("Ткачук Олена", "Яма на виїзді з арки. Учора пробили колесо.", category="3.8")
    with walking(browser, town, Resident) as resident:
        resident.go("/petitions/start/")
        resident.sign_in("Бондар Марія")
        petition = write_petition(resident, "Більше світла на Набережній, від мосту до пристані")
        publish(browser, town, petition)
        resident.speak("en")
        for path in (*OWN, petition, f"{petition}sign/"):
            resident.go(path)
            assert_english(resident)
    with walking(browser, town, Walker) as visitor:
        visitor.go("/")
        visitor.speak("en")
        for path in (*PUBLIC, petition, f"{petition}signers/", report):
            visitor.go(path)
            assert_english(visitor)
    with walking(browser, town, Worker) as moderator:
        moderator.sign_in("moderator")
        moderator.speak("en")
        for path in ("/desk/", f"{petition}case/", "/reports/control/", f"{report}case/", f"{report}case/close/"):
            moderator.go(path)
            assert_english(moderator)
    with walking(browser, town, Worker) as worker:
        worker.sign_in("shliakh")
        worker.speak("en")
        for path in ("/reports/organisation/", f"{report}job/", f"{report}job/refuse/", "/reports/tasks/"):
            worker.go(path)
            assert_english(worker)


def assert_english(walker: Walker) -> None:
    """What the platform says is English; what people and the community wrote stays as they wrote it."""
    assert walker.page.locator("html").get_attribute("lang") == "en"
    for text in walker.page.locator("main button, main .button").all_inner_texts():
        assert not CYRILLIC.search(text), f"{walker.page.url}: {text}"
