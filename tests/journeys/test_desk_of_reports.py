"""A report at the desk: a term that nobody keeps, a reopened one and who may close it, a moderator's day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from edem.foundation.communities.models import CharterVersion, Community
from edem.foundation.communities.queries import charter_in_force
from edem.foundation.people.models import Person
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.closing import close_report
from edem.services.reports.actions.reopening import reopen_report
from edem.services.reports.jobs import ring_what_is_due
from edem.services.reports.models import Report
from edem.services.reports.rules.results import Closing, Result
from tests.journeys.people import Walker, Worker, walking
from tests.journeys.post import letter_about
from tests.journeys.street import act, at_work, chooses, number_of, sent_before, ticks, writes
from tests.journeys.town import SLUG, Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OLENA = "Ткачук Олена"
LAMP = "Ліхтар над сходами не горить. Уже тиждень темно."
PIT = "Яма посеред двору. Машини об’їжджають по газону."
BRANCH = "Зламана гілка нависла над гойдалкою. Там діти."
SAME = "Зламана гілка висить над гойдалкою. Може впасти."
WRONG = "Купіть мій старий велосипед. Недорого."
DONE = "Зроблено сьогодні зранку, перевірено на місці."
MINUTE = timedelta(minutes=1)


def person(login: str) -> Person:
    return Person.objects.get(login=login)


def row_of(report: str) -> Report:
    return Report.objects.get(pk=number_of(report))


@pytest.mark.usefixtures("rows")
def test_a_missed_term_brings_a_warning_a_second_letter_and_acceptance_by_the_control_body(
    browser: Browser, town: Town
) -> None:
    report = sent_before(OLENA, LAMP, category="2.2.1", at=datetime.now(UTC) - timedelta(days=9))
    due_at = row_of(report).accept_due_at
    assert due_at is not None
    ring_what_is_due(due_at - MINUTE)
    ring_what_is_due(due_at)
    letters = (("kp-svitlo", "Повторно"), ("control", "мовчить"))
    for box, subject in letters:
        assert letter_about(town, f"{box}@vyshnevohirsk.example", subject, "Ліхтар над сходами"), subject

    with walking(browser, town, Worker) as control:
        control.sign_in("control")
        control.go("/reports/control/")
        control.reads("Ліхтар над сходами", "надіслано повторно", "прострочено")
        control.press("Ліхтар над сходами")
        control.reads("Попередження", "Прийняти в роботу")
        control.take("Прийняти в роботу", writes=[("Пояснення", "Прийнято замість організації, яка мовчить.")])
        control.reads("Прийнята в роботу", "орган контролю")
    with walking(browser, town, Walker) as visitor:
        visitor.comes_to(report, "Прийнята в роботу")
        visitor.reads("Попередження", "Прийнято замість організації, яка мовчить.")


@pytest.mark.usefixtures("rows")
def test_a_reopened_report_is_closed_by_the_moderator_and_by_the_worker_only_where_the_charter_admits_it(
    browser: Browser, town: Town
) -> None:
    report = reopened(PIT)
    with at_work(browser, town, "shliakh", report) as worker:
        expect(worker.page.get_by_role("link", name="Закрити", exact=True, include_hidden=True)).to_have_count(0)
        refused = worker.page.request.get(f"{town.home}{report}job/close/")
        assert refused.status == 404
    with walking(browser, town, Worker) as moderator:
        moderator.sign_in("moderator")
        moderator.press("Яма посеред двору")
        moderator.take("Закрити", ticks="Роз’яснено", writes=[("Що зроблено або чому ні", DONE)])
        moderator.reads("Закрита", DONE)

    with charter_says(worker_closes_reopened=True):
        report = reopened(PIT)
    with at_work(browser, town, "shliakh", report) as worker:
        act(worker, "Закрити", ticks("Роз’яснено"), writes("Що зроблено або чому ні", DONE))
        worker.reads("Закрита")


def reopened(text: str) -> str:
    """Accepted, closed and called back by its author, all before the eyes of nobody."""
    worker, now = person("shliakh"), datetime.now(UTC)
    report = sent_before(OLENA, text, category="3.8", at=now - timedelta(hours=4))
    row = row_of(report)
    accept_report(row.pk, by=worker, now=now - timedelta(hours=3))
    explained = Closing(result=Result.EXPLAINED, text=DONE, addressee="")
    close_report(row.pk, explained, by=worker, now=now - timedelta(hours=2))
    reopen_report(row.pk, by=row.author, reason="Нічого не змінилося.", now=now - timedelta(hours=1))
    return report


@contextmanager
def charter_says(**values: object) -> Iterator[None]:
    """The council decides so, and afterwards decides otherwise."""
    community = Community.objects.get(slug=SLUG)
    usual = charter_in_force(community.pk, "reports", now=datetime.now(UTC)).values
    adopt(community, usual | values)
    yield
    adopt(community, usual)


def adopt(community: Community, values: dict[str, object]) -> None:
    row = CharterVersion.objects.filter(community=community, service="reports").order_by("-version").first()
    assert row is not None
    row.pk, row.version, row.values, row.in_force_from = (
        None,
        row.version + 1,
        values,
        datetime.now(UTC) - timedelta(hours=5),
    )
    row.save(force_insert=True)


@pytest.mark.usefixtures("rows")
def test_a_moderator_publishes_mends_words_in_the_open_joins_the_same_and_takes_out_on_a_ground(
    browser: Browser, town: Town
) -> None:
    with charter_says(moderation="pre"):
        branch = sent_before(OLENA, BRANCH, category="1.3")
    wrong = sent_before(OLENA, WRONG, category="1.3")
    same = sent_before("Бондар ", SAME, category="1.3")
    with walking(browser, town, Walker) as visitor:
        assert visitor.page.request.get(f"{town.home}{branch}").status == 404  # nobody has read it yet
        with walking(browser, town, Worker) as moderator:
            moderator.sign_in("moderator")
            moderator.reads("Повідомлення на перевірку")
            moderator.press("Зламана гілка нависла")
            moderator.take("Оприлюднити")
            moderator.reads("Відкрита")
            mends_words(moderator)
            joins_the_same(moderator)
            moderator.go(f"{wrong}case/")
            ground = (chooses("Підстава", "Не відповідає напрямам системи"), writes("Пояснення", "Це оголошення."))
            act(moderator, "Вилучити", *ground, leads_to="/case/")
        visitor.comes_to(branch, "Текст виправив модератор")
        visitor.press("Текст виправив модератор")
        visitor.reads("Прибрано прізвище сусіда.", "Попередній текст приховано.")
        visitor.comes_to(wrong, "Не відповідає напрямам системи")
        visitor.comes_to(same, "Зламана гілка над гойдалкою")


def mends_words(moderator: Worker) -> None:
    words = [("Назва", "Зламана гілка над гойдалкою"), ("Чому", "Прибрано прізвище сусіда.")]
    hides = "Не показувати попередній текст: у ньому особисті дані або образа"
    moderator.take("Виправити текст", writes=words, ticks=hides)
    moderator.reads("Зламана гілка над гойдалкою")


def joins_the_same(moderator: Worker) -> None:
    moderator.press("Схожі повідомлення поруч")
    moderator.page.get_by_label("Зламана гілка висить").check()
    moderator.press("Об’єднати", leads_to="/case/")
    moderator.reads("Об’єднано.")
