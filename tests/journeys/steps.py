"""What happens to a petition between two pages: written, published, signed by neighbours, aged by the clock."""

import re
from datetime import datetime, timedelta

from playwright.sync_api import Browser, Page

from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.jobs import close_ended_petitions
from edem.services.petitions.models import Petition, PetitionStep
from edem.services.petitions.tests.factories import new_signature
from tests.journeys.people import Resident, Worker, walking
from tests.journeys.town import Town

DEMAND = "Поставити чотири ліхтарі вздовж стежки від зупинки до бібліотеки."
ESSENCE = "Увечері стежкою до бібліотеки ходять школярі. Узимку о п’ятій тут уже темно, а ліхтаря жодного немає."


def write_petition(author: Resident, title: str) -> str:
    """From an empty form to «надіслано»; gives the petition's path within the community."""
    author.page.get_by_label("Назва").fill(title)
    author.page.get_by_label("Тема").select_option(index=1)
    author.page.get_by_label("Про що просите раду").fill(DEMAND)
    author.page.get_by_label("Суть").fill(ESSENCE)
    author.press("Далі: перевірити", leads_to="/check/")
    author.reads(title, DEMAND, "Автора побачать усі")
    author.press("Надіслати на перевірку", leads_to="/submitted/")
    author.reads("Петицію надіслано", "Модератор перевірить її не пізніше")
    return path_of(author.page)


def path_of(page: Page) -> str:
    found = re.search(r"/petitions/\d+/", page.url)
    assert found, page.url
    return found[0]


def publish(browser: Browser, town: Town, petition: str, *, scripts: bool = True) -> None:
    with walking(browser, town, Worker, scripts=scripts) as moderator:
        moderator.sign_in("moderator")
        moderator.go(f"{petition}case/")
        moderator.take("Оприлюднити")
        moderator.reads("Триває збір підписів")


def number_of(petition: str) -> int:
    return int(petition.strip("/").rpartition("/")[2])


def neighbours_sign(petition: str, *, count: int, now: datetime) -> None:
    """The rest of the street, through the action itself and in one batch."""
    row = Petition.objects.get(pk=number_of(petition))
    add_signatures([new_signature(row, who=f"Сусід {row.pk}-{each}", arrived_at=now) for each in range(count)])


def make_it_older(petition: str, *, by: timedelta) -> None:
    """As if everything so far had happened earlier; the clock itself is nobody's to move."""
    row = Petition.objects.get(pk=number_of(petition))
    for name in ("created_at", "submitted_at", "published_at", "closes_at", "due_at"):
        moment = getattr(row, name)
        setattr(row, name, moment - by if moment else None)
    row.save()
    for step in PetitionStep.objects.filter(petition=row).order_by("pk"):
        PetitionStep.objects.filter(pk=step.pk).update(at=step.at - by)


def the_clock_strikes(now: datetime) -> None:
    close_ended_petitions(now)
