"""The council's own site, with a strict policy of its own, shows our petitions and leads to the platform to sign."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from edem.foundation.communities.models import Community
from edem.services.petitions.models import Petition
from edem.services.petitions.tests.factories import PetitionFactory
from tests.journeys.people import PATIENCE, Walker, walking
from tests.journeys.steps import neighbours_sign
from tests.journeys.street import sent_before
from tests.journeys.town import SLUG, Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = timedelta(days=1)


@pytest.fixture
def petition(rows: None) -> Petition:  # the town's own rows
    now = datetime.now(UTC)
    community = Community.objects.get(slug=SLUG)
    return PetitionFactory(
        community=community,
        collecting=True,
        number=9000 + Petition.objects.count(),
        title="Повісити годинник на будинку ради",
        published_at=now - DAY,
        closes_at=now + 30 * DAY,
        required=200,
    )


@contextmanager
def council_site(body: str, *, allows: str) -> Iterator[str]:
    """Another site on another name; its policy allows the platform's origin and nothing else."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = f'<!doctype html><html lang="uk"><title>Рада</title><h1>Наша рада</h1>{body}'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", f"default-src 'none'; script-src {allows}; frame-src {allows}")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def foreign_page(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    context = browser.new_context(locale="uk-UA")
    context.set_default_timeout(PATIENCE)
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(address)
    yield page, faults
    context.close()


def wait_until(page: Page, told: Callable[[], bool]) -> None:
    """The browser speaks while it waits."""
    for _ in range(PATIENCE // 100):
        if told():
            return
        page.wait_for_timeout(100)
    raise AssertionError("The browser said nothing")


def origin_of(town: Town) -> str:
    parts = urlsplit(town.platform)
    return f"{parts.scheme}://{parts.netloc}"


def test_one_line_shows_the_list_and_signing_opens_the_platform(
    browser: Browser, town: Town, petition: Petition
) -> None:
    line = f'<script src="{town.home}/widget/embed.js" data-show="petitions/list" data-title="Петиції" async></script>'
    with council_site(line, allows=origin_of(town)) as site, foreign_page(browser, site) as (page, faults):
        frame = page.frame_locator("iframe[title=Петиції]")
        expect(frame.get_by_role("heading", level=1)).to_have_text("Петиції, що збирають підписи")
        expect(frame.locator("body")).to_contain_text(petition.title)
        page.wait_for_function("() => document.querySelector('iframe').height !== '420'")  # it has said how tall it is

        with page.expect_popup() as opened:
            frame.get_by_role("link", name=petition.title).click()
        opened.value.wait_for_url(f"{town.home}/petitions/{petition.pk}/")
        expect(opened.value.get_by_role("link", name="Підписати петицію")).to_be_visible()
        assert page.url == site
        assert not faults


def test_a_plain_frame_shows_one_petition_whose_count_moves(browser: Browser, town: Town, petition: Petition) -> None:
    frame_line = f'<iframe src="{town.home}/widget/petitions/one/{petition.pk}/" title="Петиція"></iframe>'
    with council_site(frame_line, allows=origin_of(town)) as site, foreign_page(browser, site) as (page, faults):
        panel = page.frame_locator("iframe")
        expect(panel.get_by_role("heading", level=1)).to_have_text(petition.title)
        neighbours_sign(f"/petitions/{petition.pk}/", count=3, now=datetime.now(UTC))
        expect(panel.locator("live-number, .progress").first).to_contain_text("3", timeout=PATIENCE)
        assert not faults


@pytest.mark.usefixtures("rows")
def test_the_map_of_problems_stands_on_the_councils_site_and_reporting_opens_the_platform(
    browser: Browser, town: Town
) -> None:
    sent_before("Ткачук Олена", "Яма на виїзді з арки. Учора пробили колесо.", category="3.8")
    frame_line = f'<iframe src="{town.home}/widget/reports/map/" title="Мапа" width="600" height="700"></iframe>'
    with council_site(frame_line, allows=origin_of(town)) as site, foreign_page(browser, site) as (page, faults):
        panel = page.frame_locator("iframe")
        drawn = panel.locator("report-map[data-ready][data-shown]")
        expect(drawn).to_be_attached(timeout=PATIENCE)
        expect(drawn).not_to_have_attribute("data-shown", "0")
        with page.expect_popup() as opened:
            panel.get_by_role("link", name="Повідомити про проблему").click()
        opened.value.wait_for_url(re.compile(re.escape(f"{origin_of(town)}/")))
        expect(opened.value.get_by_role("heading", level=1)).to_be_visible()
        assert page.url == site
        assert not faults


def test_no_other_page_lets_itself_be_framed(browser: Browser, town: Town, petition: Petition) -> None:
    frame_line = f'<iframe src="{town.home}/petitions/{petition.pk}/sign/" title="Пастка"></iframe>'
    with council_site(frame_line, allows=origin_of(town)) as site, foreign_page(browser, site) as (page, faults):
        wait_until(page, lambda: bool(faults))
        assert petition.title not in "".join(frame.locator("body").inner_text() for frame in page.frames[1:])
        assert any("frame" in fault for fault in faults)


@pytest.mark.parametrize(
    "scripts", [True, pytest.param(False, marks=pytest.mark.full)], ids=["with scripts", "without scripts"]
)
def test_the_panels_and_the_page_with_the_code_are_accessible(
    browser: Browser, town: Town, petition: Petition, scripts: bool
) -> None:
    with walking(browser, town, Walker, scripts=scripts) as visitor:
        for path in (
            "petitions/list/",
            f"petitions/one/{petition.pk}/",
            f"petitions/counter/{petition.pk}/",
            "reports/map/",
            "reports/list/",
        ):
            visitor.go(f"/widget/{path}")
        visitor.go("/widget/")
        visitor.page.get_by_label("Що показувати").select_option("petitions/one")
        visitor.page.get_by_label("Номер в адресі").fill(str(petition.pk))
        visitor.press("Показати код")
        visitor.reads("Вставте цей рядок", f'data-show="petitions/one/{petition.pk}"')
