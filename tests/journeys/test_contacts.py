"""A resident confirms an address of their own by the code from a letter, and the news of a petition comes there."""

import re

import pytest
from playwright.sync_api import Browser

from tests.journeys.people import Resident, walking
from tests.journeys.post import letter_about
from tests.journeys.steps import publish, write_petition
from tests.journeys.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OWN = "hnatiuk.nova@example.com"
TITLE = "Відновити нічне освітлення стадіону на вулиці Зеленій"


@pytest.mark.usefixtures("rows")
def test_an_address_confirmed_by_its_code_gets_the_letters(browser: Browser, town: Town) -> None:
    with walking(browser, town, Resident) as author:
        author.go("/cabinet/profile/")
        author.sign_in("Гнатюк")
        author.reads("Ім’я, яке бачать інші", "Як я входжу", "Мої згоди")
        author.press("Прочитати текст згоди", leads_to="/consents/2026-11/")
        author.reads("Що саме ми зберігаємо?")
        confirms_an_address(author, town)
        author.go("/petitions/start/")
        petition = write_petition(author, TITLE)
    publish(browser, town, petition)
    assert letter_about(town, OWN, "оприлюднено", TITLE)


def confirms_an_address(person: Resident, town: Town) -> None:
    person.go("/cabinet/contacts/")
    person.press("Вказати свою", leads_to="/contacts/email/")
    person.page.get_by_label("Ваша електронна пошта").fill(OWN)
    person.press("Надіслати код", leads_to="/email/code/")
    person.reads(OWN)
    letter = letter_about(town, OWN, "Код підтвердження", "Нікому не кажіть")
    assert letter is not None
    code = re.search(r"^(\d{6})\s*$", letter.body("plain"), re.MULTILINE)
    assert code is not None
    wrong = f"{(int(code[1]) + 1) % 1_000_000:06}"
    person.page.get_by_label("Код із шести цифр").fill(wrong)
    person.press("Підтвердити")
    person.reads("лишилося спроб — 4")
    person.page.get_by_label("Код із шести цифр").fill(code[1])
    person.press("Підтвердити", leads_to="/cabinet/contacts/")
    person.reads("Підтверджено", OWN)
