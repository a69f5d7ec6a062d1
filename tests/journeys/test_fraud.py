"""The story of forged signatures: an officer finds them, another confirms, everybody reads it, and it can be undone."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser

from edem.foundation.communities.models import Community
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.models import Petition
from edem.services.petitions.tests.factories import PetitionFactory, new_signature
from tests.journeys.people import Walker, Worker, walking
from tests.journeys.town import SLUG, Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Лавки вздовж алеї: прохання, під яким хтось накрутив підписи"
WHY = "Шість підписів за шість секунд, усі з одного пристрою. Двоє людей написали, що не підписували."
HONEST, FORGED = 7, 6


@pytest.mark.parametrize(
    "scripts", [True, pytest.param(False, marks=pytest.mark.full)], ids=["with scripts", "without scripts"]
)
@pytest.mark.usefixtures("rows")
def test_forged_signatures_are_excluded_by_two_people(browser: Browser, town: Town, scripts: bool) -> None:
    petition = signed_by_neighbours_and_by_a_program()
    exclusion = proposed_by_an_officer(browser, town, petition, scripts=scripts)
    confirmed_by_another(browser, town, exclusion, scripts=scripts)
    read_by_everybody(browser, town, petition, scripts=scripts)


def signed_by_neighbours_and_by_a_program() -> str:
    now = datetime.now(UTC)
    night = (now - timedelta(hours=6)).replace(second=20, microsecond=0)
    petition = PetitionFactory(
        collecting=True,
        community=Community.objects.get(slug=SLUG),
        title=TITLE,
        number=(Petition.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1,
        required=50,
        published_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=80),
    )
    honest = [
        new_signature(petition, who=f"Сусід {petition.pk}-{n}", arrived_at=night - timedelta(hours=7 * n))
        for n in range(1, HONEST + 1)
    ]
    forged = [
        new_signature(petition, who=f"Невідомий {petition.pk}-{n}", arrived_at=night + timedelta(seconds=n))
        for n in range(FORGED)
    ]
    add_signatures([*reversed(honest), *forged])
    return f"/petitions/{petition.pk}/"


def proposed_by_an_officer(browser: Browser, town: Town, petition: str, *, scripts: bool) -> str:
    with walking(browser, town, Worker, scripts=scripts) as officer:
        officer.sign_in("officer")
        officer.go(f"{petition}case/")
        officer.press("Виключення підписів", leads_to="/exclusions/")
        officer.reads("Підписів тут не виключали")
        officer.press("Вибрати підписи", leads_to="/exclusions/choose/")
        officer.reads("Хвилини, коли підписували найбільше", "Вкажіть хоч одну умову")
        officer.page.locator("main table tbody tr a").first.click()  # the busiest minute stands first
        officer.look()
        officer.reads(f"{FORGED}", "підписів вибрано", f"Було {HONEST + FORGED}, лишиться {HONEST} з 50 потрібних")
        officer.page.get_by_label("Підписано автоматично").check()
        officer.page.get_by_label("Що саме виявлено").fill(WHY)
        officer.press(f"Запропонувати виключити {FORGED} підписів")
        officer.page.wait_for_url("**/exclusions/*/")
        officer.reads("Чекає на другого спеціаліста", "Це ваша пропозиція", WHY)
        return officer.page.url


def confirmed_by_another(browser: Browser, town: Town, exclusion: str, *, scripts: bool) -> None:
    with walking(browser, town, Worker, scripts=scripts) as second:
        second.sign_in("officer2")
        second.reads("Виключення підписів: чекає на другу людину")
        second.go(exclusion)
        second.reads(WHY, "Контрольна сума вибраних підписів")
        second.press("Виключити підписи", leads_to="/confirm/")
        second.reads("всі побачать, скільки виключено й чому")
        second.page.locator("main form button").first.click()
        second.page.wait_for_url(exclusion)
        second.look()
        second.reads("Підписи виключено", "Виключено")


def read_by_everybody(browser: Browser, town: Town, petition: str, *, scripts: bool) -> None:
    with walking(browser, town, Walker, scripts=scripts) as visitor:
        visitor.comes_to(petition, f"Виключено {FORGED} підписів")
        visitor.reads("Підписано автоматично, без участі людини", WHY)
        visitor.press("Хто підписав")
        visitor.reads("Сусід")
        assert "Невідомий" not in visitor.page.locator("main").inner_text()
