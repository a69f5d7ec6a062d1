"""The gallery in Chromium: accessible, no wider than the screen, nothing refused by the page's own policy."""

import pytest
from django.utils import translation
from playwright.sync_api import expect

from edem.ui.gallery import gallery
from edem.ui.tests.browser import ORIGIN, axe_faults, opened

pytestmark = pytest.mark.browser


@pytest.fixture
def pages(rf) -> dict[str, str]:
    with translation.override("uk"):
        return {"/_ui/": gallery(rf.get("/_ui/")).content.decode()}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_gallery_is_accessible_and_fits(pages, width, theme):
    with opened(pages, width=width, theme=theme) as page:
        page.goto(f"{ORIGIN}/_ui/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe_faults(page, without=("landmark-unique",)) == []  # the same landmark is shown several times
        assert page.faults == []


def test_buttons_fields_and_menu_are_large_enough_for_a_thumb(pages):
    with opened(pages, width=360, theme="light") as page:
        page.goto(f"{ORIGIN}/_ui/")
        small = page.evaluate(
            """() => [...document.querySelectorAll(".button, input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea, .menu-opener, .tabs a, .pagination a")]
            .filter(part => part.checkVisibility() && part.getBoundingClientRect().height < 44).map(part => part.outerHTML.slice(0, 90))"""
        )
        assert small == []


def test_a_list_of_cases_stacks_on_a_telephone_instead_of_scrolling(pages):
    measure = """() => [...document.querySelectorAll(".table[data-stacks]")].map(table => ({
        over: table.scrollWidth - table.clientWidth,
        label: getComputedStyle(table.querySelector("td"), "::before").content,
        cell: table.querySelector("td").getBoundingClientRect().top > table.querySelector("tbody th").getBoundingClientRect().top,
    }))"""
    with opened(pages, width=360, theme="light") as page:
        page.goto(f"{ORIGIN}/_ui/")
        found = page.evaluate(measure)
        assert found
        assert all(each == {"over": 0, "label": '"Строк" / ""', "cell": True} for each in found), found


def test_errors_take_the_reader_to_the_summary_and_then_to_the_field(pages):
    with opened(pages, width=1280, theme="light") as page:
        page.goto(f"{ORIGIN}/_ui/#form")
        page.locator("error-summary:focus").wait_for()
        link = page.locator("error-summary a").first
        target = link.get_attribute("href")[1:]
        link.click()
        assert page.evaluate("document.activeElement.id") == target


def test_the_counter_counts_what_is_left(pages):
    with opened(pages, width=1280, theme="light") as page:
        page.goto(f"{ORIGIN}/_ui/")
        counter = page.locator("char-counter").first
        counter.locator("textarea").fill("а" * 1999)
        expect(counter.locator(".field-hint")).to_have_text("Лишився 1 знак")
        counter.locator("textarea").fill("а" * 2002)
        assert counter.locator(".field-hint").inner_text() == "Зайві 2 знаки"


def test_the_theme_is_switched_and_remembered(pages):
    with opened(pages, width=1280, theme="light") as page:
        page.goto(f"{ORIGIN}/_ui/")
        page.get_by_role("button", name="Темна тема").click()
        page.reload()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 22, 19)"


def test_the_phone_menu_opens_on_one_line_without_scripts(pages):
    with opened(pages, width=360, theme="light", scripts=False) as page:
        page.goto(f"{ORIGIN}/_ui/")
        assert page.locator(".masthead").bounding_box()["height"] <= 80
        page.get_by_role("button", name="Меню").click()
        page.locator(".menu").get_by_role("link", name="Громадський бюджет").wait_for(state="visible")


def test_the_dialog_opens_and_closes_without_scripts(pages):
    with opened(pages, width=1280, theme="light", scripts=False) as page:
        page.goto(f"{ORIGIN}/_ui/")
        page.get_by_role("button", name="Відкликати підпис").nth(2).click()
        page.get_by_text("Відкликати підпис?").first.wait_for(state="visible")
        page.keyboard.press("Escape")
        page.get_by_text("Відкликати підпис?").first.wait_for(state="hidden")


def test_the_printed_page_has_nothing_to_press(pages):
    with opened(pages, width=794, theme="dark") as page:
        page.goto(f"{ORIGIN}/_ui/")
        page.emulate_media(media="print")
        assert (
            page.locator("button:visible, form:visible, .menu:visible, .footer:visible, a.button:visible").count() == 0
        )
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_text_twice_as_large_still_fits(pages):
    with opened(pages, width=640, theme="light") as page:
        page.goto(f"{ORIGIN}/_ui/")
        page.evaluate("document.documentElement.style.fontSize = '36px'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640
