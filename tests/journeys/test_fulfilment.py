"""What happened after «підтримано»: the mayor answers, the officer keeps the plan, everybody sees the photo."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, expect

from edem.foundation.communities.models import Community
from edem.kernel.deadlines import kyiv_day
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory
from tests.journeys.people import Walker, Worker, walking
from tests.journeys.steps import number_of
from tests.journeys.town import SLUG, Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Поставити лавки в сквері біля вокзалу"
ANSWER = "Підтримуємо. Лавки поставить комунальне підприємство."
STAGE, WORDS = "Поставити двадцять лавок", "Двадцять дерев’яних лавок у сквері"
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "scripts", [True, pytest.param(False, marks=pytest.mark.full)], ids=["with scripts", "without scripts"]
)
@pytest.mark.usefixtures("rows")
def test_a_supported_petition_is_carried_out_in_public(browser: Browser, town: Town, scripts: bool) -> None:
    petition = considered_petition(datetime.now(UTC))

    with walking(browser, town, Worker, scripts=scripts) as mayor:
        mayor.sign_in("mayor-office")
        mayor.go(f"{petition}case/")
        mayor.take("Оприлюднити відповідь", ticks="Підтримано", writes=[("Відповідь", ANSWER)])
    with walking(browser, town, Worker, scripts=scripts) as officer:
        officer.sign_in("officer")
        plan_is_written(officer, petition)
        stage_is_done_with_a_photo(officer, petition)
        officer.go(f"{petition}case/")
        officer.take("Позначити виконаною", writes=[("Що зроблено", "Лавки стоять, сквер прибрано.")])
        officer.go("/petitions/board/")
        officer.reads("Дошка петицій")
    seen_by_everybody(browser, town, petition, scripts=scripts)
    told_to_programs(town, petition)


def considered_petition(now: datetime) -> str:
    row = PetitionFactory(
        community=Community.objects.get(slug=SLUG),
        collecting=True,
        number=None,
        title=TITLE,
        state=State.CONSIDERATION,
        submitted_at=now - 30 * DAY,
        published_at=now - 29 * DAY,
        closes_at=now + 60 * DAY,
        reached_at=now - 3 * DAY,
        announced_at=now - DAY,
        due_at=now + 9 * DAY,
        answer_due_at=now + 9 * DAY,
    )
    return f"/petitions/{row.pk}/"


def plan_is_written(officer: Worker, petition: str) -> None:
    due = kyiv_day(datetime.now(UTC)) + 30 * DAY
    officer.go(f"{petition}case/")
    officer.take(
        "Почати виконання",
        writes=[
            ("Що буде зроблено", "Двадцять лавок і чотири урни."),
            ("Назва етапу", STAGE),
            ("Хто виконує", "КП «Зеленбуд»"),
            ("До якого дня", due.isoformat()),
            ("Кошти", "84 000"),
        ],
    )
    officer.press("План виконання", leads_to="/plan/")
    officer.reads(STAGE, "Заплановано")


def stage_is_done_with_a_photo(officer: Worker, petition: str) -> None:
    officer.press("Виконано", leads_to="/done/")
    officer.page.get_by_label("Що зроблено").fill("Лавки привезли й закріпили.")
    officer.press("Позначити виконаним", leads_to="/evidence/")
    officer.page.get_by_label("Фото або документи").set_input_files(photo())
    officer.page.get_by_label("Що видно на фото чи в документах").fill(WORDS)
    officer.press("Додати", leads_to="/plan/")
    officer.reads("Ще не оприлюднено")
    officer.press("Показати всім")
    expect(officer.page.locator("main")).not_to_contain_text("Ще не оприлюднено")


def photo() -> FilePayload:
    drawn = BytesIO()
    Image.new("RGB", (320, 200), "sienna").save(drawn, "JPEG")
    return {"name": "лавки.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


def seen_by_everybody(browser: Browser, town: Town, petition: str, *, scripts: bool) -> None:
    with walking(browser, town, Walker, scripts=scripts) as visitor:
        visitor.comes_to(petition, WORDS)
        visitor.reads("Виконана", "Як виконують", STAGE, "84\u00a0000", "Лавки привезли й закріпили.")
        picture = visitor.page.get_by_alt_text(WORDS)
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", value=True)
        assert picture.evaluate("picture => picture.naturalWidth") > 0
        visitor.go("/petitions/statistics/")
        visitor.reads("Статистика петицій", "виконано з")


def told_to_programs(town: Town, petition: str) -> None:
    with httpx.Client(base_url=town.home, trust_env=False, timeout=30) as outside:
        told = outside.get(f"/api/v1/petitions/{number_of(petition)}").raise_for_status().json()
        (stage,) = told["plan"]
        assert (told["state"], stage["state"], stage["amount_kopiykas"]) == ("fulfilled", "done", 8_400_000)
        assert outside.get(stage["evidence"][0]["url"]).status_code == 200
