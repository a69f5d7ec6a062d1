"""A report as it is passed on: what a visitor may see, nothing more."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.foundation.documents.rendering import render_pdf
from edem.foundation.documents.sharing import ShareLink, links_to, shortened
from edem.kernel.errors import Missing
from edem.services.reports.models import Report
from edem.services.reports.queries.photos import photos_shown
from edem.services.reports.queries.reading import report_for
from edem.services.reports.queries.share_picture import picture_address
from edem.services.reports.queries.subjects import path_of
from edem.services.reports.rules.lifecycle import ON_THE_MAP, STATES, State

POSTER_WORDS: Final = 420
_TELLING: Final = 200


def report_to_share(community: Community, report_id: int) -> Report:
    report = report_for(community, report_id, reader=None)
    if State(report.state) not in ON_THE_MAP:
        raise Missing("report.missing")
    return report


def address_of(report: Report) -> str:
    return address_of_page(report.community, path_of(report))


def links_of(report: Report) -> list[ShareLink]:
    return links_to(address_of(report), title=report.title)


def poster_pdf(report: Report, *, now: datetime) -> bytes:
    with override("uk"):  # posters hang in the community, whatever language their maker reads
        facts = {
            "title": report.title,
            "over": _("Відкрите місто · %(community)s") % {"community": report.community.name},
            "demand": shortened(report.text or report.address, POSTER_WORDS),
            "act": _("Вас це теж стосується?"),
            "how": _("Наведіть камеру телефона на код і приєднайтеся:"),
            "address": address_of(report).removeprefix("https://").removeprefix("http://"),
            "foot": _(STATES[State(report.state)].label),
            "paper": "a4",
        }
    return render_pdf("documents/poster.typ", facts, community=report.community, now=now, link=address_of(report))


def shown_elsewhere(report: Report) -> dict[str, str] | None:
    """What other sites show with a link to the card; nothing of a text that is not public."""
    if State(report.state) not in ON_THE_MAP or report.published_at is None:
        return None
    photo = next((each for each in photos_shown(report) if not each.is_video), None)
    root = address_of_page(report.community, "/").rstrip("/")
    return {
        "title": report.title,
        "description": shortened(report.text, _TELLING),
        "url": address_of(report),
        "image": f"{root}{photo.url[photo.url.index('/files/') :]}" if photo else picture_address(report),
        "is_drawn": "" if photo else "yes",
    }
