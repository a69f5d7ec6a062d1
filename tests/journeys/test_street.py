"""A report on a problem: from a photo on the street to a repair that its author confirms; refusals; the weekly report."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import Browser, expect

from edem.foundation.communities.models import Community, Organisation
from edem.foundation.documents.testing import pdf_pages
from edem.foundation.notices.models import Notice
from edem.kernel.deadlines import starts_of_day
from edem.services.reports.jobs import make_periods_that_ended
from edem.services.reports.models import PeriodReport
from edem.services.reports.rules.periods import Span, last_ended
from edem.services.reports.tests.factories import ReportFactory, held
from tests.journeys.people import Resident, Walker, Worker, walking
from tests.journeys.post import letter_about
from tests.journeys.street import act, at_work, chooses, sent_before, shows, street_photo, ticks, writes, written_report
from tests.journeys.town import SLUG, Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PIT = "Яма на виїзді з арки. Учора пробили колесо."
MENDED = "Яму вирубано по контуру й закладено асфальтом, п’ять квадратних метрів."
LAMP = "Ліхтар біля переходу не світить. Дітей не видно."
NOT_OURS = "Це дорожній знак із підсвіткою, а не вуличний ліхтар."
OLENA, HER_MAIL = "Ткачук Олена", "olena.tkachuk@poshta.example"


@pytest.mark.usefixtures("rows")
def test_a_photo_from_the_street_becomes_a_confirmed_repair(browser: Browser, town: Town) -> None:
    with walking(browser, town, Resident) as author:
        author.go("/reports/")
        author.press("Повідомити про проблему")
        author.sign_in(OLENA)
        report = written_report(author, PIT, category="Ями на дорогах")
    taken_into_work(browser, town, report)
    repaired(browser, town, report)
    with walking(browser, town, Worker) as control:
        control.sign_in("control")
        control.go(f"{report}case/")
        control.reads("Закрита", MENDED, "виконавець доповів")
    assert letter_about(town, HER_MAIL, "Закрито", "Яма на виїзді")
    with walking(browser, town, Resident) as author:
        author.go("/cabinet/")
        author.sign_in(OLENA)
        author.comes_to(report, MENDED)
        author.page.get_by_role("button", name="Так", exact=True).click()
        author.reads("Автор підтвердив, що проблему вирішено")
    with walking(browser, town, Walker) as visitor:
        visitor.comes_to(report, "Автор підтвердив, що проблему вирішено")
        visitor.reads("Вишневогірські шляхи", "роботу закінчено", "вул. Квітнева, 12")
        photos = visitor.page.locator("main img[src*='/files/']")
        expect(photos).not_to_have_count(0)
        visitor.comes_to("/reports/?state=closed", "Яма на виїзді з арки")


def taken_into_work(browser: Browser, town: Town, report: str) -> None:
    with at_work(browser, town, "shliakh", report) as worker:
        worker.reads(PIT.partition(".")[0], "Прийняти в роботу")
        act(worker, "Керівника поінформовано")
    with at_work(browser, town, "shliakh-head", report) as head:
        act(head, "Призначити виконавця", chooses("Виконавець", "Микола Паламар"))
        head.reads("Виконавець: Микола Паламар")
    with at_work(browser, town, "shliakh", report) as worker:
        act(worker, "Прийняти в роботу")
        worker.reads("Прийнята в роботу")


def repaired(browser: Browser, town: Town, report: str) -> None:
    with walking(browser, town, Worker) as executor:
        executor.sign_in("shliakh-brygada")
        executor.page.set_viewport_size({"width": 360, "height": 740})
        executor.go("/reports/organisation/")
        due = executor.page.locator(".queue .due b").first.bounding_box()
        assert due
        assert due["width"] > due["height"], "when it is due stands in a line, not letter under letter"
        executor.go("/reports/tasks/")
        executor.press("Яма на виїзді з арки")
        executor.page.get_by_label("Фото роботи").set_input_files(street_photo(mended=True))
        executor.page.get_by_label("Що зроблено").fill("Заклали гарячим асфальтом.")
        executor.press("Надіслати")
        executor.reads("Ви написали", "Заклали гарячим асфальтом.")  # the telephone sends it by itself
    with at_work(browser, town, "shliakh", report) as worker:
        worker.reads("Заклали гарячим асфальтом.")
        act(worker, "Закрити", ticks("Вирішено"), writes("Що зроблено або чому ні", MENDED))
        worker.reads("Закрита")


@pytest.mark.usefixtures("rows")
def test_what_one_refuses_another_mends_and_what_was_not_mended_the_control_body_closes(
    browser: Browser, town: Town
) -> None:
    report = sent_before(OLENA, LAMP, category="2.2.1")
    with at_work(browser, town, "svitlo", report) as worker:
        act(
            worker,
            "Це не наше",
            chooses("Чиє це", "КП «Вишневогірські шляхи»"),
            writes("Чому це не ваше", NOT_OURS),
        )
    with at_work(browser, town, "shliakh", report) as worker:
        act(worker, "Прийняти в роботу")
        act(worker, "Закрити", ticks("Вирішено"), writes("Що зроблено або чому ні", MENDED), shows("Фото роботи"))
    with walking(browser, town, Resident) as author:
        author.go("/cabinet/")
        author.sign_in(OLENA)
        author.comes_to(report, MENDED)
        author.reads("Міськсвітло", NOT_OURS, "Вишневогірські шляхи")
        author.page.get_by_role("button", name="Ні", exact=True).click()
        author.page.wait_for_url("**/reopen/")
        author.look()
        author.page.get_by_label("Що не так").fill("Світить, але не на перехід.")
        author.press("Повернути в роботу")
        author.reads("Відкрита повторно", "Світить, але не на перехід.")
    only_the_control_body_closes(browser, town, report)
    with walking(browser, town, Walker) as visitor:
        visitor.comes_to(report, "Ліхтар повернуто на перехід.")


def only_the_control_body_closes(browser: Browser, town: Town, report: str) -> None:
    with at_work(browser, town, "shliakh", report) as worker:
        act(worker, "Прийняти в роботу")
        expect(worker.page.get_by_role("link", name="Закрити", exact=True, include_hidden=True)).to_have_count(0)
        answers = {act: worker.page.request.get(f"{town.home}{report}job/{act}/").status for act in ("note", "close")}
        assert answers == {"note": 200, "close": 404}
    with walking(browser, town, Worker) as control:
        control.sign_in("control")
        control.go(f"{report}case/")
        closing = (ticks("Вирішено"), writes("Що зроблено або чому ні", "Ліхтар повернуто на перехід."))
        act(control, "Закрити", *closing, leads_to="/case/")
        control.reads("Закрита")


@pytest.mark.usefixtures("rows")
def test_the_weekly_report_is_made_by_the_clock_mailed_and_read_by_everybody(browser: Browser, town: Town) -> None:
    now, community = datetime.now(UTC), Community.objects.get(slug=SLUG)
    roads = Organisation.objects.get(community=community, name="КП «Вишневогірські шляхи»")
    week = last_ended(Span.WEEK, now)
    for number in range(3):
        at = starts_of_day(week.first) + timedelta(hours=9 + number)
        report = ReportFactory(community=community, placed=True, published_at=at, number=None)
        held(report, organisation=roads, now=at)
    make_periods_that_ended(now)
    make_periods_that_ended(now)
    made = PeriodReport.objects.get(community=community, span=Span.WEEK, first=week.first)
    assert letter_about(town, "control@vyshnevohirsk.example", "звіт за тиждень", "надійшло повідомлень: 3")
    assert Notice.objects.filter(once=f"reports.period:{made.pk}", address="control@vyshnevohirsk.example").count() == 1

    with walking(browser, town, Walker) as visitor:
        visitor.go("/reports/periods/")
        visitor.press("Тиждень:")
        visitor.reads("3", "Порівняно з попереднім періодом", "КП «Вишневогірські шляхи»")
        expect(visitor.page.get_by_role("img", name="Мапа: 3")).to_be_visible()
        visitor.go(f"/reports/periods/any/?first={week.first}&last={week.last}")
        visitor.reads("Порівняно з попереднім періодом")
        expect(visitor.page.get_by_role("link", name="PDF")).to_be_visible()
    with httpx.Client(base_url=town.home, trust_env=False, timeout=30) as outside:
        days = {"first": week.first.isoformat(), "last": week.last.isoformat()}
        paper = outside.get("/reports/periods/any.pdf", params=days).raise_for_status()
        assert "КП «Вишневогірські шляхи»" in " ".join(" ".join(pdf_pages(paper.content)).split())
        told = outside.get(f"/reports/periods/week/{week.first}.json").raise_for_status().json()
        assert told["whole"]["now"]["received"] == 3
