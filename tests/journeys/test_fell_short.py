"""A petition that falls short: the clock alone makes it an ordinary appeal, and it is answered all the same."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser

from tests.journeys.people import Resident, Walker, Worker, walking
from tests.journeys.post import letter_about
from tests.journeys.steps import make_it_older, neighbours_sign, publish, the_clock_strikes, write_petition
from tests.journeys.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Поставити лавку біля зупинки на вулиці {street}"
ANSWER = "Лавку поставимо навесні разом із новим навісом."
COLLECTION, APPEAL = timedelta(days=91), timedelta(days=40)


@pytest.mark.parametrize(
    "scripts", [True, pytest.param(False, marks=pytest.mark.full)], ids=["with scripts", "without scripts"]
)
@pytest.mark.usefixtures("rows")
def test_a_petition_that_falls_short_is_answered_as_an_appeal(browser: Browser, town: Town, *, scripts: bool) -> None:
    title = TITLE.format(street="Садовій" if scripts else "Луговій")
    with walking(browser, town, Resident, scripts=scripts) as author:
        author.go("/petitions/start/")
        author.sign_in("Савчук Данило")
        petition = write_petition(author, title)
    publish(browser, town, petition, scripts=scripts)
    neighbours_sign(petition, count=2, now=datetime.now(UTC))

    make_it_older(petition, by=COLLECTION)
    with walking(browser, town, Walker, scripts=scripts) as visitor:
        visitor.comes_to(petition, "Не набрала підписів")  # the page knows before any job has run
        the_clock_strikes(datetime.now(UTC))
        visitor.comes_to(petition, "Розглядається як звернення")
        visitor.reads("потрібних підписів")
        assert letter_about(town, "danylo.savchuk@poshta.example", "Збір підписів завершено", title)

        make_it_older(petition, by=APPEAL)
        visitor.comes_to(petition, "Прострочено на")
        visitor.reads("Орган контролю вже знає")

        answered(browser, town, petition, title, scripts=scripts)
        visitor.comes_to(petition, ANSWER)
        visitor.reads("Надано роз’яснення", "З відповіддю")


def answered(browser: Browser, town: Town, petition: str, title: str, *, scripts: bool) -> None:
    with walking(browser, town, Worker, scripts=scripts) as officer:
        officer.sign_in("officer")
        officer.reads("Прострочено", title)
        officer.go(f"{petition}case/")
        officer.take("Оприлюднити відповідь", ticks="Надано роз’яснення", writes=[("Відповідь", ANSWER)])
