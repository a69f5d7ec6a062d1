"""«Report in under a minute on a phone»: every act of the hand is counted, on a small screen and a slow processor."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, expect

from edem.services.reports.models import Report
from tests.journeys.people import Resident, walking
from tests.journeys.street import street_photo
from tests.journeys.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SURNAME = "Ткачук Олена"
SCREEN = {"width": 360, "height": 740}
SLOWER = 4
PIT = "Яма на дорозі біля арки, пробив колесо"
READY = "() => document.readyState === 'complete'"
HAND_S = {"tap": 3.0, "photo": 12.0, "sentence": 15.0}
"""Seconds of an unhurried person: to find a button and press it; to take a picture; to type forty letters with a thumb."""
MINUTE_S = 60


@dataclass
class Hand:
    """What a person does, and how long the machine lets them wait after it."""

    page: Page
    acts: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def does(self, kind: str, act: Callable[[], object], *, leads_to: str = "") -> None:
        self.acts.append(kind)
        began = monotonic()
        act()
        if leads_to:
            self.page.wait_for_url(f"**{leads_to}")
            self.page.wait_for_function(READY)
            self.waits.append(monotonic() - began)

    @property
    def seconds(self) -> float:
        return sum(HAND_S[kind] for kind in self.acts) + sum(self.waits)


@pytest.mark.usefixtures("rows")
def test_a_photo_five_taps_and_one_sentence_make_a_report(browser: Browser, town: Town) -> None:
    with walking(browser, town, Resident) as author:
        author.go("/reports/start/")
        author.sign_in(SURNAME)
        page = author.page
        page.set_viewport_size(SCREEN)
        page.goto(f"{town.home}/reports/")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        hand = Hand(page)

        def press(name: str, leads_to: str) -> None:
            button = page.locator("main").get_by_role("button", name=name)
            link = page.locator("main").get_by_role("link", name=name)
            hand.does("tap", button.or_(link).first.click, leads_to=leads_to)

        press("Повідомити про проблему", "/start/")
        hand.does("photo", lambda: page.get_by_label("Фото чи відео").set_input_files(street_photo()))
        press("Далі: місце", "/place/")
        expect(page.locator("main")).to_contain_text("Місце взято з фото")
        press("Далі: що сталося", "/words/")
        hand.does("sentence", lambda: page.get_by_label("Що сталося").fill(PIT))
        press("Далі", "/check/")  # the words name one category, so nobody asks for it
        press("Надіслати", "/sent/")

        assert hand.acts == ["tap", "photo", "tap", "tap", "sentence", "tap", "tap"]
        report = Report.objects.get(text=PIT)
        assert (report.category_codes, report.photos.count(), report.lat is not None) == (["3.8"], 1, True)
        assert hand.seconds < MINUTE_S, (hand.acts, hand.waits)
        # For docs/performance.md: `pytest -s` shows it.
        print(f"the machine's part: {sum(hand.waits):.1f} s, of it {[round(each, 2) for each in hand.waits]}")
