"""A report written where there is no network: kept in the phone, sent once when the network or the sign-in is back."""

from io import BytesIO
from time import monotonic

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, FilePayload, expect

from edem.config.sample.reading import community_text
from edem.services.reports.models import Parcel, Report
from tests.journeys.people import PHONE, Resident, walking
from tests.journeys.street import PLACE
from tests.journeys.town import SLUG, Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SURNAME = "Ткачук"
PIT = "Яма на дорозі біля мосту, зв’язку тут немає. Колесо провалюється."
LAMP = "Не горить ліхтар біля зупинки, увечері темно."
AGAIN = """async ({ door, report }) => {
  const { keep, flush } = await import("reports/outbox")
  await keep({ ...report, photos: [] })
  return flush(door)
}"""
QUARTER = community_text(SLUG).place_named(PLACE)
assert QUARTER is not None
HERE = {"latitude": QUARTER.at[0], "longitude": QUARTER.at[1], "accuracy": 15}


def photo() -> FilePayload:
    picture = Image.new("RGB", (640, 480), "slategray")
    ImageDraw.Draw(picture).ellipse((200, 160, 460, 330), fill="black")
    drawn = BytesIO()
    picture.save(drawn, "JPEG")
    return {"name": "яма.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


def writes(resident: Resident, text: str, *, picture: bool) -> None:
    page = resident.page
    if picture:
        page.locator("input[name=photos]").set_input_files(photo())
    page.get_by_label("Що сталося").fill(text)
    page.get_by_role("button", name="Я зараз тут").click()
    resident.reads("Місце записано.")
    page.get_by_role("button", name="Зберегти й надіслати").click()


def made(resident: Resident, text: str) -> Report:
    """The report that the town's worker has made of what was acknowledged, with its photos."""
    until = monotonic() + 120
    while not (found := Report.objects.filter(text=text).first()) or found.photos.filter(hidden=True).exists():
        assert monotonic() < until, "what was acknowledged has not become a report"
        resident.page.wait_for_timeout(100)
    return found


def comes_in(resident: Resident) -> None:
    """Signed in, with the worker that keeps the form for when there is no network."""
    page, context = resident.page, resident.page.context
    page.set_viewport_size({"width": PHONE, "height": 800})
    context.grant_permissions(["geolocation"])
    context.set_geolocation(HERE)
    resident.go("/reports/start/")
    resident.sign_in(SURNAME)
    if page.get_by_label("Я погоджуюся").count():
        resident.consent()
    resident.go("/reports/start/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    resident.go("/reports/start/")  # a page that was on its way while the worker awoke is not the worker's own
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def sends_the_same_again(resident: Resident, report: Report) -> None:
    """As a phone would that did not hear the answer."""
    told = {"id": str(report.client_uuid), "typed": {"text": PIT}, "state": "waiting"}
    again = resident.page.evaluate(AGAIN, {"door": f"{resident.town.home}/reports/outbox/", "report": told})
    assert [each["state"] for each in again] == ["sent"]
    assert Report.objects.filter(text=PIT).count() == 1
    assert not Parcel.objects.filter(pk=report.client_uuid).exists()


@pytest.mark.usefixtures("rows")
def test_a_report_without_a_network_is_sent_once_when_it_is_back(browser: Browser, town: Town) -> None:
    with walking(browser, town, Resident) as olena:
        comes_in(olena)
        page, context = olena.page, olena.page.context

        context.set_offline(True)
        olena.go("/reports/start/")
        olena.reads("Повідомити без мережі")
        writes(olena, PIT, picture=True)
        olena.reads("чекає на мережу")
        olena.go("/reports/start/")
        olena.reads(PIT[:60], "чекає на мережу")
        assert not Report.objects.filter(text=PIT).exists()

        context.set_offline(False)
        expect(page.get_by_role("link", name="Прийнято. Номер буде за хвилину")).to_be_visible()
        report = made(olena, PIT)
        assert (report.photos.count(), report.category_codes, report.accuracy_m) == (1, ["3.8"], 15)
        assert (report.lat, report.lon) == (HERE["latitude"], HERE["longitude"])
        sends_the_same_again(olena, report)
        waits_for_the_sign_in(olena)


def waits_for_the_sign_in(olena: Resident) -> None:
    page, context = olena.page, olena.page.context
    context.set_offline(True)
    olena.go("/reports/start/")
    writes(olena, LAMP, picture=False)
    olena.reads("чекає на мережу")
    context.clear_cookies()
    context.set_offline(False)
    olena.reads("увійдіть, щоб надіслати")
    assert not Report.objects.filter(text=LAMP).exists()
    olena.go("/reports/start/")
    olena.sign_in(SURNAME)
    taken = page.get_by_role("link", name="Прийнято. Номер буде за хвилину")
    expect(taken).to_be_visible()
    assert made(olena, LAMP).category_codes == ["2.2.1"]
    taken.click()
    olena.reads(LAMP.split(",", maxsplit=1)[0])
    olena.look()
