"""Each method of id.gov.ua in a browser: from a petition's page through the first sign-in to the signature under it."""

import pytest
from playwright.sync_api import Browser

from edem.foundation.identity.models import SignIn
from edem.services.petitions.models import Signature
from tests.journeys.people import Resident, walking
from tests.journeys.steps import number_of, publish, write_petition
from tests.journeys.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEWCOMERS = {"dig_sign": "Гуменюк", "diia_id": "Архипенко", "mobile_id": "Ґжицька"}
"""By bank_id the newcomers of other stories come."""


@pytest.mark.usefixtures("rows")
def test_a_first_sign_in_by_each_method_leads_to_a_signed_petition(browser: Browser, town: Town) -> None:
    with walking(browser, town, Resident) as author:
        author.go("/petitions/start/")
        author.sign_in("Савчук Данило")
        petition = write_petition(author, "Питна вода біля стадіону: прохання тих, хто бігає зранку")
    publish(browser, town, petition)
    for method, surname in NEWCOMERS.items():
        with walking(browser, town, Resident) as newcomer:
            newcomer.go(petition)
            newcomer.press("Підписати петицію")
            newcomer.sign_in(surname, method=method)
            newcomer.reads(surname, "2297-VI")
            newcomer.consent()
            newcomer.press("Далі", leads_to=f"{petition}sign/")
            newcomer.sign(petition)
            newcomer.page.wait_for_url("**/thanks/")
            newcomer.reads("Ваш підпис зараховано")
    signed = Signature.objects.filter(petition_id=number_of(petition))
    assert sorted(signed.values_list("assurance", flat=True)) == sorted(NEWCOMERS)
    people = list(signed.order_by("ordinal").values_list("person_id", flat=True))
    assert set(SignIn.objects.filter(person__in=people).values_list("method", flat=True)) == set(NEWCOMERS)
