"""What residents and staff do with one report, page by page; each walker by their own window."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, FilePayload, Page

from edem.config.sample.reading import community_text
from edem.foundation.communities.models import Community
from edem.foundation.people.models import Person
from edem.kernel.geo.points import Point
from edem.services.reports.actions.sending import send_report
from edem.services.reports.rules.draft import Draft
from tests.journeys.people import Resident, Worker, walking
from tests.journeys.town import SLUG, Town

PLACE = "soniachnyi"
Filling = Callable[[Page], object]
_GPS, _ORIENTATION = 0x8825, 0x0112


def street_photo(*, mended: bool = False) -> FilePayload:
    """From a phone held sideways: it knows where it was taken and which way is up."""
    picture = Image.new("RGB", (900, 640), "slategray")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((300, 240, 620, 420), fill="dimgray" if mended else "black")
    exif, place = Image.Exif(), community_text(SLUG).place_named(PLACE)
    assert place is not None
    exif[_ORIENTATION] = 6
    gps = exif.get_ifd(_GPS)
    for (letter, value), name, degrees in zip(((1, 2), (3, 4)), ("N", "E"), place.at, strict=True):
        gps[letter], gps[value] = name, sexagesimal(degrees)
    drawn = BytesIO()
    picture.save(drawn, "JPEG", exif=exif)
    return {"name": "фото.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


def sexagesimal(degrees: float) -> tuple[float, float, float]:
    whole, minutes = int(degrees), degrees % 1 * 60
    return float(whole), float(int(minutes)), round(minutes % 1 * 60, 4)


def written_report(author: Resident, text: str, *, category: str) -> str:
    """From the photo to «надіслано»; gives the report's path within the community."""
    author.page.get_by_label("Фото чи відео").set_input_files(street_photo())
    author.press("Далі: місце", leads_to="/place/")
    author.reads("Місце взято з фото")
    author.page.get_by_label("Адреса або орієнтир").fill("вул. Квітнева, 12, біля арки")
    author.press("Далі: що сталося", leads_to="/words/")
    author.page.get_by_label("Що сталося").fill(text)
    author.press("Далі", leads_to="/check/")  # the words name one category, so nobody asks for it
    author.reads(text, category, "вул. Квітнева, 12", "Автора побачать усі")
    author.press("Надіслати", leads_to="/sent/")
    author.reads("Повідомлення надіслано")
    found = re.search(r"/reports/\d+/", author.page.url)
    assert found, author.page.url
    return found[0]


def sent_before(author: str, text: str, *, category: str, at: datetime | None = None) -> str:
    """The same through the action: a report that came while nobody looked."""
    place = community_text(SLUG).place_named(PLACE)
    assert place is not None
    report = send_report(
        Draft(
            client_uuid=uuid4(),
            title=text.partition(".")[0],
            text=text,
            categories=(category,),
            place=Point(*place.at),
            address="вул. Весняна, 3",
        ),
        community=Community.objects.get(slug=SLUG),
        by=Person.objects.get(display_name__startswith=author),
        now=at or datetime.now(UTC),
    )
    return f"/reports/{report.pk}/"


def number_of(report: str) -> int:
    return int(report.strip("/").rpartition("/")[2])


@contextmanager
def at_work(browser: Browser, town: Town, login: str, report: str) -> Iterator[Worker]:
    """Somebody of an organisation, before the report's page in their cabinet."""
    with walking(browser, town, Worker) as worker:
        worker.sign_in(login)
        worker.go(f"{report}job/")
        yield worker


def act(worker: Worker, label: str, *fillings: Filling, leads_to: str = "/job/") -> None:
    """Open an act's page, fill it in, confirm, and come back."""
    worker.unfold(label)
    worker.press(label)
    for filled in fillings:
        filled(worker.page)
    worker.page.locator("main form button").first.click()
    worker.page.wait_for_url(f"**{leads_to}")
    worker.look()


def writes(label: str, words: str) -> Filling:
    return lambda page: page.get_by_label(label).fill(words)


def chooses(label: str, option: str) -> Filling:
    return lambda page: page.get_by_label(label).select_option(label=option)


def ticks(label: str) -> Filling:
    return lambda page: page.get_by_label(label, exact=True).check()


def shows(label: str) -> Filling:
    return lambda page: page.get_by_label(label).set_input_files(street_photo(mended=True))
