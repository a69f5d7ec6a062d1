"""BankID in a browser: a refusal at the bank, the same goal again, the first sign-in and a signed petition."""

import pytest
from playwright.sync_api import Browser

from edem.foundation.identity.models import MembershipFact, SignIn
from edem.services.petitions.models import Signature
from tests.journeys.people import Resident, walking
from tests.journeys.steps import number_of, publish, write_petition
from tests.journeys.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BANK, NAME = "bank_id_nbu", "Архипенко Лука Тимофійович"


@pytest.mark.usefixtures("rows")
def test_a_first_sign_in_through_the_bank_leads_to_a_signed_petition(browser: Browser, town: Town) -> None:
    petition = published_petition(browser, town)
    with walking(browser, town, Resident) as newcomer:
        newcomer.go(petition)
        newcomer.press("Підписати петицію")
        newcomer.sign_in("Архипенко", method=BANK, outcome="Людина передумала")
        newcomer.reads("Увійти не вдалося", "Ви скасували вхід. Нічого не збережено.")
        newcomer.press("Спробувати ще раз")
        newcomer.sign_in("Архипенко", method=BANK, outcome="Підпис банку не від цих даних")
        newcomer.reads("Підпис банку під відповіддю не справжній", "Це наш збій, не ваш")
        newcomer.press("Спробувати ще раз")
        newcomer.sign_in("Архипенко", method=BANK)
        newcomer.reads(NAME, "2297-VI")
        newcomer.consent()
        newcomer.reads("Ви увійшли", "Вишневогірська")
        newcomer.press("Далі", leads_to=f"{petition}sign/")
        newcomer.sign(petition)
        newcomer.page.wait_for_url("**/thanks/")

    signature = Signature.objects.get(petition_id=number_of(petition), assurance=BANK)
    assert MembershipFact.objects.get(person=signature.person_id, until__isnull=True).basis == "registered_address"
    assert SignIn.objects.get(person=signature.person_id).method == BANK


@pytest.mark.usefixtures("rows")
def test_whoever_came_through_the_bank_is_known_by_an_electronic_signature(browser: Browser, town: Town) -> None:
    for method in (BANK, "dig_sign"):
        with walking(browser, town, Resident) as resident:
            resident.go("/cabinet/")
            resident.sign_in("Мороз Віктор", method=method)
            resident.page.wait_for_url("**/cabinet/")
    ways = SignIn.objects.filter(method__in=[BANK, "dig_sign"], person__display_name__startswith="Мороз Віктор")
    assert set(ways.values_list("method", flat=True)) == {BANK, "dig_sign"}
    assert ways.order_by("person").values("person").distinct().count() == 1


def published_petition(browser: Browser, town: Town) -> str:
    with walking(browser, town, Resident) as author:
        author.go("/petitions/start/")
        author.sign_in("Савчук Данило", method=BANK)
        petition = write_petition(author, "Нічний автобус до Греблі: прохання тих, хто повертається пізно")
    publish(browser, town, petition)
    return petition
