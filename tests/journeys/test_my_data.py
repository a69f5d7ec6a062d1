"""A resident sees who looked into their data: an officer opens a request, and the owner reads who, why and what."""

import json

import pytest
from playwright.sync_api import Browser, expect

from edem.foundation.identity.models import Correction
from tests.journeys.people import Resident, Worker, walking
from tests.journeys.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "Адресу записано неправильно: я живу на вулиці Садовій."


@pytest.mark.usefixtures("rows")
def test_an_officers_look_shows_up_in_the_owners_log_and_the_owner_may_leave(browser: Browser, town: Town) -> None:
    with walking(browser, town, Resident) as owner:
        asks_to_correct(owner)
        name = officer_reads_and_refuses(browser, town)
        reads_who_looked(owner, name)
        takes_a_copy(owner)
        leaves(owner)


def asks_to_correct(owner: Resident) -> None:
    owner.go("/cabinet/my-data/")
    owner.sign_in("Руденко")
    owner.reads("Ваші особисті дані", "Навіщо:", "Доки:")
    owner.press("Виправити дані", leads_to="/correct/")
    owner.page.get_by_label("Адреса").check()
    owner.page.get_by_label("Що не так і як має бути?").fill(WORDS)
    owner.press("Надіслати прохання")
    owner.reads("Ваше прохання розглядають", "30 днів за законом")


def officer_reads_and_refuses(browser: Browser, town: Town) -> str:
    with walking(browser, town, Worker) as officer:
        officer.sign_in("officer")
        officer.reads("Прохання виправити дані")
        officer.go(f"/desk/corrections/{Correction.objects.get().pk}/")
        expect(officer.page.locator("body")).not_to_contain_text(WORDS)
        officer.press("Відкрити прохання")
        officer.reads(WORDS, "Цей перегляд записано")
        officer.page.get_by_label("Чому ви відмовляєте?").fill(
            "У реєстрі інша адреса. Оновіть її в банку й увійдіть ще раз."
        )
        officer.press("Відмовити")
        officer.reads("Відмовлено")
        name: str = officer.page.locator("main").inner_text()
    return name


def reads_who_looked(owner: Resident, decided: str) -> None:
    owner.go("/cabinet/my-data/correct/")
    owner.reads("Відмовлено", "Оновіть її в банку")
    owner.go("/cabinet/my-data/readings/")
    owner.press("Працівники", leads_to="whose=staff")
    owner.reads("Щоб розглянути ваше прохання виправити дані", "Уповноважений спеціаліст", "Відкрито: Адреса")
    line = owner.page.locator("ul.rows > li").first
    who = line.locator("b").inner_text()
    assert who in decided  # the same officer whose name stands under the decision
    expect(owner.page.locator("body")).not_to_contain_text("Ви самі переглянули")


def takes_a_copy(owner: Resident) -> None:
    owner.go("/cabinet/my-data/")
    with owner.page.expect_download() as download:
        owner.page.get_by_role("button", name="Завантажити JSON").click()
    told = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert told["identity"]["fields"]["last_name"] == "Руденко"
    purposes = [
        line["purpose"] for part in told["held"] if part["code"] == "identity.readings" for line in part["lines"]
    ]
    assert "Щоб розглянути ваше прохання виправити дані" in purposes
    with owner.page.expect_download() as download:
        owner.page.get_by_role("button", name="Завантажити PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def leaves(owner: Resident) -> None:
    owner.press("Видалити мої дані", leads_to="/erase/")
    owner.reads("Зникне", "Лишиться, і ось чому")
    owner.press("Видалити мої дані")
    owner.reads("Ваші дані видалено", "Що лишилося")
    owner.go("/cabinet/my-data/")
    owner.page.wait_for_url("**/sign-in/**")
