"""Each island in Chromium, on a small page of its own, under the strict policy."""

import json

import pytest
from django.template import engines
from django.utils import translation
from playwright.sync_api import Page, Route, expect

from edem.ui.frame import Frame
from edem.ui.progress.progress import Live
from edem.ui.tests.browser import ORIGIN, opened

pytestmark = pytest.mark.browser

COUNTER = {"live": Live(stream="/live/signatures/214", poll="/count/signatures/214.json", name="signatures")}
COUNTING = '{% progress value=212 goal=250 note="Станом на 09:41" live=live %}підписів із 250{% endprogress %}'


def page_with(source: str, **facts: object) -> dict[str, str]:
    template = (
        '{% extends "ui/page.html" %}{% block title %}Проба{% endblock %}{% block main %}' + source + "{% endblock %}"
    )
    with translation.override("uk"):
        return {
            "/": engines["django"].from_string(template).render({"frame": Frame(), "form": "", "messages": "", **facts})
        }


def answered(page: Page, path: str, *, body: str = "", kind: str = "application/json", status: int = 200) -> None:
    def answer(route: Route) -> None:
        route.fulfill(status=status, body=body, content_type=kind)

    page.route(f"{ORIGIN}{path}*", answer)


def test_a_number_moves_with_the_event_stream():
    said = json.dumps({"signatures": 1234, "as_of": "2026-10-14T09:43:00+00:00"})
    with opened(page_with(COUNTING, **COUNTER), width=800, theme="light") as page:
        answered(page, COUNTER["live"].stream, body=f"event: count\ndata: {said}\n\n", kind="text/event-stream")
        page.goto(ORIGIN + "/")
        expect(page.locator("[data-number]")).to_have_text("1\u00a0234")
        assert page.locator("[data-note]").inner_text() == "Станом на 12:43"
        assert page.locator(".sewn").get_attribute("width") == "100%"


def test_a_page_of_a_state_that_is_over_offers_to_be_opened_anew():
    live = Live(stream="/live/signatures/214", poll="/count/signatures/214.json", name="count", state="collecting")
    said = [json.dumps({"count": 212, "state": state}) for state in ("collecting", "reached", "reached")]
    with opened(page_with(COUNTING, live=live), width=800, theme="light") as page:
        body = "".join(f"event: count\ndata: {each}\n\n" for each in said)
        answered(page, live.stream, body=body, kind="text/event-stream")
        page.goto(ORIGIN + "/")
        expect(page.get_by_role("status").filter(has_text="Стан змінився.")).to_have_count(1)
        page.get_by_role("link", name="Оновити сторінку").click()
        page.wait_for_url(ORIGIN + "/")


def test_where_streams_do_not_pass_the_number_is_asked_for():
    said = json.dumps({"signatures": 249, "as_of": "2026-10-14T09:43:00+00:00"})
    with opened(page_with(COUNTING, **COUNTER), width=800, theme="light") as page:
        answered(page, COUNTER["live"].stream, status=503)
        answered(page, COUNTER["live"].poll, body=said)
        page.goto(ORIGIN + "/")
        expect(page.locator("[data-number]")).to_have_text("249")
        assert page.locator(".sewn").get_attribute("width") == "99%"


def test_typed_text_outlives_a_reload_and_is_forgotten_when_sent():
    source = """<form action="/sent"><form-guard data-key="new"></form-guard>
        <label>Текст <textarea name="text"></textarea></label><label>Слово <input type="password" name="word"></label><button>Далі</button></form>"""
    with opened(page_with(source) | {"/sent": "<title>ok</title>"}, width=800, theme="light") as page:
        page.goto(ORIGIN + "/")
        page.get_by_label("Текст").fill("Просимо ліхтарі")
        page.get_by_label("Слово").fill("таємне")
        page.reload()
        expect(page.get_by_label("Текст")).to_have_value("Просимо ліхтарі")
        assert page.get_by_label("Слово").input_value() == ""
        assert page.get_by_text("Ми зберегли те, що ви писали раніше.").is_visible()
        page.get_by_role("button", name="Далі").click()
        page.wait_for_url("**/sent*")
        page.goto(ORIGIN + "/")
        page.locator("form-guard:defined").wait_for(state="attached")
        assert page.get_by_label("Текст").input_value() == ""


def test_hints_come_while_one_types_and_go_with_the_text():
    source = '{% search_box "/search" label="Пошук" hints="/hints" %}'
    with opened(page_with(source), width=800, theme="light") as page:
        answered(page, "/hints", body="<p>Схожа петиція</p>", kind="text/html")
        page.goto(ORIGIN + "/")
        page.locator("similar-hints:defined").wait_for(state="attached")
        page.get_by_label("Пошук").fill("ліхтар")
        page.get_by_text("Схожа петиція").wait_for(state="visible")
        page.get_by_label("Пошук").fill("лі")
        page.get_by_text("Схожа петиція").wait_for(state="detached")


def test_chosen_files_are_shown_with_their_sizes():
    source = '<file-preview><input type="file" multiple aria-label="Світлини"></file-preview>'
    with opened(page_with(source), width=800, theme="light") as page:
        page.goto(ORIGIN + "/")
        page.locator("file-preview:defined").wait_for(state="attached")
        page.get_by_label("Світлини").set_input_files(
            [{"name": "яма.txt", "mimeType": "text/plain", "buffer": b"x" * 1_572_864}]
        )
        assert page.locator("file-preview li").inner_text() == "яма.txt · 1,5 МБ"
        assert page.faults == []


def test_a_form_that_asks_first_is_sent_only_after_yes():
    source = '<confirm-first data-ask="Справді?"><form action="/sent"><button>Видалити</button></form></confirm-first>'
    with opened(page_with(source) | {"/sent": "<title>ok</title>"}, width=800, theme="light") as page:
        page.goto(ORIGIN + "/")
        page.locator("confirm-first:defined").wait_for(state="attached")
        page.once("dialog", lambda asked: asked.dismiss())
        page.get_by_role("button", name="Видалити").click()
        assert page.url == ORIGIN + "/"
        page.once("dialog", lambda asked: asked.accept())
        page.get_by_role("button", name="Видалити").click()
        page.wait_for_url("**/sent*")


def test_a_countdown_stays_true_while_the_page_is_open():
    source = '<time-left><time datetime="2026-10-14T12:00:00+03:00">лишилося 5 годин</time></time-left>'
    with opened(page_with(source), width=800, theme="light") as page:
        page.clock.install(time="2026-10-14T07:00:00+03:00")
        page.goto(ORIGIN + "/")
        page.locator("time-left:defined").wait_for(state="attached")
        page.clock.fast_forward("03:30:00")
        assert page.locator("time").inner_text() == "лишилася 1 година"
        page.clock.fast_forward("02:00:00")
        assert page.locator("time").inner_text() == "строк минув"
