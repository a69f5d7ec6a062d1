"""A person without a smartphone at the CNAP: written down, given a slip, signing. And two documents of one person."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, expect

from edem.config.sample.personas import personas
from edem.config.sample.records import persona_record
from edem.foundation.documents.testing import pdf_pages
from edem.foundation.identity.persons.slip_codes import ALPHABET
from edem.kernel.deadlines import kyiv_day
from edem.services.petitions.models import Petition
from tests.journeys.people import PHONE, Resident, Walker, Worker, walking
from tests.journeys.steps import number_of, publish, write_petition
from tests.journeys.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BORN = date(1967, 6, 29)
NUMBER = "КМ182233"
"""The passport on the table."""


@pytest.mark.usefixtures("rows")
def test_at_the_cnap_without_a_smartphone_and_with_two_documents(browser: Browser, town: Town) -> None:
    with walking(browser, town, Resident) as author:
        author.go("/petitions/start/")
        author.sign_in("Руденко")
        petition = write_petition(author, "Відкрити влітку читальню просто неба біля бібліотеки")
    publish(browser, town, petition)
    with walking(browser, town, Resident) as by_bank:
        by_bank.go(f"{petition}sign/")
        by_bank.sign_in("Гнатюк")
        by_bank.sign(petition)

    account, code = served_at_the_desk(browser, town)
    signs_with_the_slip(browser, town, petition, code)
    with walking(browser, town, Walker) as visitor:
        visitor.comes_to(petition, "Талон на вхід із ЦНАП")
    assert Petition.objects.get(pk=number_of(petition)).signature_count == 2

    two_accounts_become_one(browser, town, account)
    with walking(browser, town, Walker) as visitor:
        visitor.comes_to(petition, "Одна людина підписала двічі")
        assert Petition.objects.get(pk=number_of(petition)).signature_count == 1
        expect(visitor.page.locator("body")).not_to_contain_text(NUMBER)


def number_at_the_bank(town_day: date) -> str:
    """The tax number with which the same person has signed in before."""
    [petro] = [each for each in personas() if each.id == "petro-hnatiuk"]
    return str(persona_record(petro, today=town_day)["drfocode"])


def served_at_the_desk(browser: Browser, town: Town) -> tuple[str, str]:
    """From the document on the table to the paper in the hand; gives the account's page and the code on the paper."""
    with walking(browser, town, Worker) as clerk:
        clerk.sign_in("cnap")
        clerk.press("Підтвердити місце проживання", leads_to="/members/")
        clerk.page.get_by_label("Податковий номер або номер паспорта").fill(NUMBER)
        clerk.press("Знайти")
        clerk.reads("Такої людини на платформі немає")
        clerk.press("Записати людину вперше", leads_to="/members/new/")
        for label, words in (("Прізвище", "Гнатюк"), ("Ім’я", "Петро"), ("По батькові", "Васильович")):
            clerk.page.get_by_label(label).fill(words)
        clerk.page.get_by_label("Податковий номер або номер паспорта").fill(NUMBER)
        clerk.page.get_by_label("Дата народження").fill(BORN.isoformat())
        clerk.press("Записати")
        clerk.reads("Виправте помилки", "Без підписаної згоди записувати людину не можна")
        clerk.page.get_by_label("паперову згоду").check()
        clerk.press("Записати")
        clerk.reads("Гнатюк Петро Васильович", "Належність до громади не підтверджено")
        account = clerk.page.url

        clerk.press("Підтвердити належність до громади", leads_to="/prove/")
        clerk.page.get_by_label("Рішення уповноваженого спеціаліста").check()
        clerk.page.get_by_label("Який документ ви бачили?").fill("паспорт і договір оренди")
        clerk.press("Підтвердити")
        clerk.reads("Належить до громади за рішенням уповноваженого спеціаліста")

        clerk.press("Видати талон на вхід", leads_to="/slip/")
        return account, printed_code(clerk)


def printed_code(clerk: Worker) -> str:
    """The paper itself: the only place where the code is."""
    form = clerk.page.locator("form[action$='/slip/print/']")
    token = form.locator("[name=csrfmiddlewaretoken]").input_value()
    paper = clerk.page.context.request.post(
        f"{clerk.page.url}print/", form={"csrfmiddlewaretoken": token}, headers={"Referer": clerk.page.url}
    )
    assert paper.ok, paper.status_text
    [text] = pdf_pages(paper.body())
    assert "Гнатюк Петро Васильович" in text
    assert NUMBER not in text
    assert BORN.strftime("%d.%m.%Y") not in text
    codes = {word for word in text.replace("#", " ").split() if len(word) == 14 and set(word) <= {*ALPHABET, "-"}}
    assert len(codes) == 1, text
    return codes.pop()


def signs_with_the_slip(browser: Browser, town: Town, petition: str, code: str) -> None:
    with walking(browser, town, Resident) as person:
        person.page.set_viewport_size({"width": PHONE, "height": 740})
        person.go(f"{petition}sign/")
        person.page.locator("main input[name=method][value=cnap_slip]").check()
        person.press("Продовжити")
        person.page.get_by_label("Код із талона").fill(code.lower())
        person.page.get_by_label("Дата народження або останні").fill("29.06.1966")
        person.press("Увійти")
        person.reads("За цими даними увійти не можна")
        person.page.goto(f"{town.platform}/sign-in/slip/#{code}")
        expect(person.page.get_by_label("Код із талона")).to_have_value(code)
        assert code not in person.page.url
        person.page.get_by_label("Дата народження або останні").fill(NUMBER[-4:])
        person.press("Увійти", leads_to="/vyshnevohirsk/")
        person.sign(petition)
        person.reads("Гнатюк")

    with walking(browser, town, Walker) as thief:
        thief.page.goto(f"{town.platform}/sign-in/slip/#{code}")
        thief.page.get_by_label("Дата народження або останні").fill(NUMBER[-4:])
        thief.press("Увійти")
        thief.reads("За цими даними увійти не можна")


def two_accounts_become_one(browser: Browser, town: Town, account: str) -> None:
    with walking(browser, town, Worker) as clerk:
        clerk.sign_in("cnap")
        clerk.go(account)
        clerk.press("У людини два записи: об’єднати", leads_to="/merge/")
        clerk.page.get_by_label("Номер другого документа").fill(number_at_the_bank(kyiv_day(datetime.now(UTC))))
        clerk.page.get_by_label("Які документи ви бачили?").fill("паспорт і картка платника")
        clerk.press("Запропонувати об’єднання")
        clerk.reads("Підтвердити має той, хто цього не пропонував")
        proposal = clerk.page.url

    with walking(browser, town, Worker) as colleague:
        colleague.sign_in("cnap2")
        colleague.go("/members/")
        colleague.reads("Чекають на другого працівника")
        colleague.go(proposal)
        colleague.press("Підтвердити")
        colleague.reads("Роз’єднати із записом")
