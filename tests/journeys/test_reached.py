"""A petition that gathers its signatures: from an empty form to the published answer, everyone by their own window."""

from datetime import UTC, datetime

import httpx
import pytest
from playwright.sync_api import Browser, expect

from edem.foundation.documents.testing import pdf_pages
from tests.journeys.people import Resident, Walker, Worker, walking
from tests.journeys.post import letter_about
from tests.journeys.steps import neighbours_sign, number_of, publish, write_petition
from tests.journeys.town import THRESHOLD, Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ANSWER = "Підтримуємо. Чотири ліхтарі поставить управління благоустрою до кінця кварталу."


@pytest.mark.parametrize(
    ("author", "mail", "scripts"),
    [
        ("Гуменюк", "denys.humeniuk@poshta.example", True),
        pytest.param("Ґжицька", "sofiia.gzhytska@poshta.example", False, marks=pytest.mark.full),
    ],
    ids=["with scripts", "without scripts"],
)
@pytest.mark.usefixtures("rows")
def test_a_petition_reaches_its_answer(browser: Browser, town: Town, author: str, mail: str, scripts: bool) -> None:
    title = f"Освітити стежку до бібліотеки: прохання, яке написали ми ({author})"

    petition = written_by_a_newcomer(browser, town, author, title, scripts=scripts)
    publish(browser, town, petition, scripts=scripts)
    signed_by_residents(browser, town, petition, scripts=scripts)
    considered(browser, town, petition, scripts=scripts)

    for subject in ("оприлюднено", "набрала підписи", "Розгляд розпочато", "відповідь"):
        assert letter_about(town, mail, subject, title), subject
    seen_by_everybody(browser, town, petition, title, scripts=scripts)
    carried_by_open_data(town, petition, title)


def written_by_a_newcomer(browser: Browser, town: Town, surname: str, title: str, *, scripts: bool) -> str:
    with walking(browser, town, Resident, scripts=scripts) as author:
        author.go("/petitions/")
        author.press("Створити петицію")
        author.sign_in(surname)
        author.consent()
        author.press("Далі", leads_to="/petitions/start/")
        petition = write_petition(author, title)
        author.go("/cabinet/")
        author.reads(title, "На модерації")
    return petition


def signed_by_residents(browser: Browser, town: Town, petition: str, *, scripts: bool) -> None:
    with walking(browser, town, Resident, scripts=scripts) as visitor:
        visitor.go(petition)
        counter = visitor.page.locator("main aside, .panel").first
        for surname, by_script, count in (("Бондар Марія", scripts, 1), ("Савчук Данило", False, 2)):
            with walking(browser, town, Resident, scripts=by_script) as signer:
                signer.go(petition)
                signer.press("Підписати петицію")
                signer.sign_in(surname)
                signer.sign(petition)
                signer.page.wait_for_url("**/thanks/")
                signer.look()
                signer.reads("Ваш підпис зараховано")
            if scripts:
                expect(counter).to_contain_text(str(count))  # the open page tells it by itself
        neighbours_sign(petition, count=THRESHOLD - 2, now=datetime.now(UTC))
        if scripts:
            expect(counter).to_contain_text(str(THRESHOLD))
        visitor.comes_to(petition, "Набрала підписи")


def considered(browser: Browser, town: Town, petition: str, *, scripts: bool) -> None:
    with walking(browser, town, Worker, scripts=scripts) as officer:
        officer.sign_in("officer")
        officer.go(f"{petition}case/")
        officer.take("Передати")
    with walking(browser, town, Worker, scripts=scripts) as mayor:
        mayor.sign_in("mayor-office")
        mayor.go(f"{petition}case/")
        mayor.take("Оголосити початок розгляду")
        mayor.take("Оприлюднити відповідь", ticks="Підтримано", writes=[("Відповідь", ANSWER)])
        mayor.reads(ANSWER)


def seen_by_everybody(browser: Browser, town: Town, petition: str, title: str, *, scripts: bool) -> None:
    with walking(browser, town, Walker, scripts=scripts) as visitor:
        visitor.comes_to(petition, ANSWER)
        visitor.reads(title, "З відповіддю", "Набрала підписи", "На розгляді")
        visitor.press("Хто підписав")
        visitor.reads("Бондар Марія", "Савчук Данило")
        visitor.comes_to("/petitions/?state=answered", title)


def carried_by_open_data(town: Town, petition: str, title: str) -> None:
    with httpx.Client(base_url=town.home, trust_env=False, timeout=30) as outside:
        told = outside.get(f"/api/v1/petitions/{number_of(petition)}").raise_for_status().json()
        assert (told["title"], told["state"]) == (title, "answered")
        assert title in outside.get("/open-data/petitions.csv").raise_for_status().content.decode("utf-8-sig")
        paper = outside.get(f"{petition}sheet.pdf").raise_for_status()
        assert "Освітити стежку" in " ".join(pdf_pages(paper.content))
