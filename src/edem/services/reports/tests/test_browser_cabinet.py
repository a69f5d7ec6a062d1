"""The cabinet in Chromium: axe is content, nothing is wider than a telephone; photos wait while there is no network."""

import mimetypes
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.foundation.files.tests.contents import picture
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.answering import answer_report
from edem.services.reports.actions.noting import add_note
from edem.services.reports.actions.task_links import make_link
from edem.services.reports.actions.templating import save_template
from edem.services.reports.models import AnswerTemplate, MatrixRule
from edem.services.reports.tests.factories import ReportFactory, held, matrix_rule, staff
from edem.ui.tests.browser import ORIGIN, axe_faults, faults_on, opened, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
HOME = "/zhytomyr/reports/"
HTML = {"content-type": "text/html; charset=utf-8"}
SAFE = "http://localhost"
"""Browsers keep things only for addresses they trust."""


@pytest.fixture
def walked(client, community, roads, report, now):
    """Every page of the cabinet as its people meet it."""
    worker = staff(
        community, "responsible_worker", "head_of_organisation", "executor", "community_admin", organisation=roads
    )
    staff(community, "executor", organisation=roads)
    client.sign_in(worker)
    water = OrganisationFactory(community=community, name="КП «Водоканал і теплові мережі Житомирської громади»")
    matrix_rule(community, water, code="7.1", position=3)
    save_template(roads, None, title="Виїдемо завтра", text="Виїдемо завтра до обіду.", by=worker, now=now)
    other = ReportFactory(
        community=community,
        title="Немає світла на вулиці Незалежності від школи до ринку",
        address="вул. Незалежності, 12",
        due_at=now,
    )
    held(other, organisation=roads)
    accept_report(other.pk, by=worker, now=now)
    make_link(other.pk, name="ТОВ «Ремдор», бригада 2", days=7, by=worker, now=now)
    answer_report(other.pk, "Виїдемо завтра, якщо не буде дощу.", kind="explanation", by=worker, now=now)
    add_note(other.pk, "Подзвонити на склад.", by=worker, now=now)
    template, rule = AnswerTemplate.objects.get(), MatrixRule.objects.first()
    paths = [
        "organisation/", f"{other.pk}/job/", f"{report.pk}/job/accept/", f"{other.pk}/job/close/", f"{other.pk}/job/link/",
        f"{report.pk}/job/refuse/", f"organisation/{roads.pk}/templates/", f"organisation/{roads.pk}/templates/{template.pk}/",
        "tasks/", f"{other.pk}/task/", "guide/", "matrix/", "matrix/add/", f"matrix/{rule.pk}/remove/",
    ]  # fmt: skip
    pages = {f"{HOME}{path}": client.get(f"{HOME}{path}").content.decode() for path in paths}
    tried = client.post(f"{HOME}matrix/add/", {"category": "3", "main": str(water.pk), "place": str(rule.pk)})
    return pages | {f"{HOME}matrix/add/tried": tried.content.decode()}


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), pytest.param(1280, "dark", marks=pytest.mark.full)])
def test_every_page_of_the_cabinet_is_for_everybody_on_every_width(walked, width, theme):
    with opened(walked, width=width, theme=theme) as page:
        assert faults_on(page, walked) == {}


def test_one_act_is_seen_and_the_rest_is_folded_and_works_without_scripts(walked):
    path = next(path for path in walked if path.endswith("/job/"))
    with opened({path: walked[path]}, width=360, theme="light", scripts=False) as page:
        page.goto(f"{ORIGIN}{path}")
        panel = page.locator("aside.panel")
        seen = panel.locator("a.button:visible")
        assert seen.all_inner_texts() == ["Закрити"]
        assert seen.bounding_box()["y"] < 740, "without scrolling, on a small telephone"
        panel.get_by_text("Написати авторові").click()
        assert seen.all_inner_texts() == ["Закрити", "Запитати автора", "Відповісти", "Пояснити, чому ще не вирішено"]


def test_photos_and_words_wait_in_the_telephone_till_the_network_is_back(walked):
    path = next(path for path in walked if path.endswith("/task/"))
    with opened(walked, width=360, theme="light") as page:
        came = []

        def answer(route):
            if route.request.method == "POST":
                came.append(route.request.post_data_buffer)
                return route.fulfill(json={"ok": True})
            where = route.request.url.removeprefix(SAFE).partition("?")[0]
            if where == path:
                return route.fulfill(
                    body=walked[path], headers=HTML | {"content-security-policy": policy(walked[path])}
                )
            found = finders.find(where.removeprefix("/static/")) if where.startswith("/static/") else None
            if not found:
                return route.fulfill(status=404, body="")
            kind = mimetypes.guess_type(where)[0] or "font/woff2"
            return route.fulfill(body=Path(found).read_bytes(), content_type=kind)

        page.route(f"{SAFE}/**", answer)
        page.goto(f"{SAFE}{path}")
        page.context.set_offline(True)
        page.locator("input[name=photos_sent]").set_input_files(
            {"name": "після.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG")}
        )
        page.get_by_label("Що зроблено").fill("Засипали щебенем.")
        page.get_by_role("button", name="Надіслати").click()
        expect(page.locator("[data-waiting]")).to_contain_text("Засипали щебенем. — чекає на мережу")
        assert came == []
        page.context.set_offline(False)
        expect(page.locator("[data-waiting] li")).to_have_count(0, timeout=10_000)
        [sent] = came
        for part in ("Засипали щебенем.".encode(), b'name="sending"', b'filename="'):
            assert part in sent


def test_a_queue_is_walked_by_keys_and_marked_all_at_once(walked):
    with opened({HOME + "organisation/": walked[f"{HOME}organisation/"]}, width=1280, theme="light") as page:
        page.goto(f"{ORIGIN}{HOME}organisation/")
        rows, marks = page.locator(".queue h2 > a"), page.locator("input[name=marked]")
        every = page.get_by_role("button", name="Вибрати всі")
        every.click()
        expect(page.get_by_role("status")).to_have_text(f"Позначено: {marks.count()}")
        assert all(mark.is_checked() for mark in marks.all())
        offered = page.locator(".bulk")
        expect(offered.locator("summary")).to_have_text(f"З позначеними {marks.count()}")
        expect(offered.get_by_role("button", name="Прийняти")).to_be_in_viewport()
        page.get_by_role("button", name="Зняти всі позначки").click()
        page.keyboard.press("j")
        expect(rows.nth(0)).to_be_focused()
        page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'о'}))")  # j in the Ukrainian layout
        expect(rows.nth(1)).to_be_focused()
        page.keyboard.press("x")
        expect(marks.nth(1)).to_be_checked()
        page.keyboard.press("k")
        expect(rows.nth(0)).to_be_focused()
        page.locator("input[name=q]").press("j")
        expect(page.locator("input[name=q]")).to_have_value("j")
        page.get_by_label("Клавіші: j").uncheck()
        page.keyboard.press("j")
        expect(rows.nth(0)).not_to_be_focused()
        assert (page.faults, axe_faults(page)) == ([], [])


def test_on_a_telephone_the_queue_tells_of_no_keys_and_its_acts_are_at_hand_without_scripts(walked):
    path = HOME + "organisation/"
    with opened({path: walked[path]}, width=360, theme="light", scripts=False) as page:
        page.goto(f"{ORIGIN}{path}")
        offered = page.locator(".bulk > summary")
        expect(offered).to_be_visible()
        offered.click()
        expect(page.locator(".bulk").get_by_role("button").first).to_be_visible()
    with opened({path: walked[path]}, width=360, theme="light") as page:
        page.goto(f"{ORIGIN}{path}")
        expect(page.get_by_role("button", name="Вибрати всі")).to_be_visible()
        expect(page.get_by_text("Клавіші: j")).to_be_hidden()
