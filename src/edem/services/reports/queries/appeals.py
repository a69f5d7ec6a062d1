"""What an official appeal is made ready from: a draft or a report of one's own, its place, photos and addressees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community, Organisation
from edem.foundation.documents.rendering import render_pdf
from edem.foundation.files.models import Drawing, StoredFile
from edem.foundation.files.rules import IMAGES
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing
from edem.kernel.geo.points import Point
from edem.kernel.ukrainian import date_words
from edem.services.reports.models import Report
from edem.services.reports.queries.categories import titles_of
from edem.services.reports.queries.drafts import writing_of
from edem.services.reports.queries.matrix import choice_for
from edem.services.reports.queries.points import point_of
from edem.services.reports.queries.subjects import path_of
from edem.services.reports.rules.appeals import LAW, Appeal, essence_of

PHOTOS_MOST: Final = 4
SIDE: Final = 1_400
COUNCIL: Final = "council"


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """To whom it may be sent; the first is whose this is by the matrix."""

    key: str
    name: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Seed:
    """What the form begins with."""

    title: str
    essence: str
    addressees: Sequence[Addressee]
    photos: Sequence[StoredFile]
    link: str
    """The public card; empty for what was not sent."""


def seed_of_nothing(community: Community) -> Seed:
    return Seed(title="", essence="", addressees=[council_of(community)], photos=[], link="")


def seed_of_draft(community: Community, draft_id: UUID, *, author: Person) -> Seed:
    writing = writing_of(community, draft_id, author=author)
    typed = writing.typed
    return Seed(
        title=typed.title,
        essence=_essence(
            community, typed.title, typed.text, typed.address, typed.point, [each.title for each in writing.chosen], ""
        ),
        addressees=addressees_of(community, typed.categories, typed.point),
        photos=_shown([each.file for each in writing.shots]),
        link="",
    )


def seed_of_report(community: Community, report_id: int, *, author: Person) -> Seed:
    """Only its author's: the words are theirs."""
    report = _own(community, report_id, author)
    point = point_of(report)
    titles = titles_of(community.pk)
    link = address_of_page(community, path_of(report)) if report.published_at else ""
    named = [titles[code] for code in report.category_codes if code in titles]
    held = [report.organisation] if report.organisation else []
    photos = report.photos.filter(hidden=False, stage="before").select_related("file").order_by("position", "pk")
    return Seed(
        title=report.title,
        essence=_essence(community, report.title, report.text, report.address, point, named, link),
        addressees=addressees_of(community, report.category_codes, point, held=held),
        photos=_shown([each.file for each in photos]),
        link=link,
    )


def addressees_of(
    community: Community, codes: Sequence[str], point: Point | None, *, held: Sequence[Organisation] = ()
) -> list[Addressee]:
    """Whoever holds it or would get it; the council, last, is always right: it passes on what is not its own."""
    known = list(held)
    if not known:
        ids = [target.organisation_id for target in choice_for(community.pk, codes, point).targets]
        found = Organisation.objects.in_bulk(ids)
        known = [found[pk] for pk in ids if pk in found]
    own = [Addressee(key=str(each.pk), name=each.name, email=each.email) for each in known]
    return [*own, council_of(community)]


def council_of(community: Community) -> Addressee:
    return Addressee(key=COUNCIL, name=community.council_name, email=community.contact_email)


def letter_text(appeal: Appeal) -> str:
    """For the body of a letter; official papers are in Ukrainian whatever language their writer reads."""
    with override("uk"):
        parts = [
            appeal.addressee,
            _("Від: %(name)s\nМісце проживання: %(residence)s\nДля відповіді: %(contact)s")
            % {"name": appeal.name, "residence": appeal.residence, "contact": appeal.contact},
            _("ЗВЕРНЕННЯ (заява)"),
            appeal.essence,
            appeal.demand,
            _(LAW),
            _("Додаю фото: %(n)s.") % {"n": appeal.attached} if appeal.attached else "",
            f"{date_words(appeal.made_on)}\n{appeal.name}",
        ]
    return "\n\n".join(part.strip() for part in parts if part.strip())


def appeal_pdf(appeal: Appeal, seed: Seed, *, community: Community, now: datetime) -> bytes:
    """To be printed and signed by hand; the photos stand on pages of their own."""
    with override("uk"):
        law = _(LAW)
    with TemporaryDirectory(prefix="appeal-") as folder:
        pictures = [
            f"/{Path(folder).name}/{_drawn(each, Path(folder), place)}" for place, each in enumerate(seed.photos)
        ]
        facts = {
            "addressee": appeal.addressee,
            "name": appeal.name,
            "residence": appeal.residence,
            "contact": appeal.contact,
            "essence": appeal.essence,
            "demand": appeal.demand,
            "law": law,
            "made_on": date_words(appeal.made_on),
            "photos": pictures,
        }
        return render_pdf("reports/appeal.typ", facts, community=community, now=now, link=seed.link)


def _drawn(stored: StoredFile, folder: Path, place: int) -> str:
    name = f"{place + 1}.jpg"
    with default_storage.open(stored.place) as kept, Image.open(BytesIO(kept.read())) as picture:
        picture.thumbnail((SIDE, SIDE))
        picture.convert("RGB").save(folder / name, "JPEG", quality=82)
    return name


def _shown(files: Sequence[StoredFile]) -> list[StoredFile]:
    drawn = [each for each in files if each.kind in IMAGES and each.drawing == Drawing.DONE]
    return drawn[:PHOTOS_MOST]


def _essence(
    community: Community,
    title: str,
    text: str,
    address: str,
    point: Point | None,
    categories: Sequence[str],
    link: str,
) -> str:
    with override("uk"):
        return essence_of(
            title=title,
            text=text,
            address=_("Де: %(address)s, %(community)s") % {"address": address, "community": community.name}
            if address
            else "",
            place=_("Координати: %(lat)s, %(lon)s") % {"lat": f"{point.lat:.5f}", "lon": f"{point.lon:.5f}"}
            if point
            else "",
            categories=_("Про що: %(what)s") % {"what": ", ".join(categories)} if categories else "",
            card=_("Повідомлення про це оприлюднено: %(link)s") % {"link": link} if link else "",
        )


def _own(community: Community, report_id: int, author: Person) -> Report:
    found = Report.objects.select_related("organisation").filter(community=community, pk=report_id, author=author)
    report = found.order_by("pk").first()
    if report is None:
        raise Missing("report.missing")
    return report
