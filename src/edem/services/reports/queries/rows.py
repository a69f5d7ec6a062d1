"""A report as one row of a list, and the same for outside programs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.kernel.lifecycle import StateLook
from edem.services.reports.models import Report
from edem.services.reports.queries.categories import titles_of
from edem.services.reports.queries.subjects import path_of
from edem.services.reports.rules.lifecycle import STATES, State
from edem.ui.words import day

MOST_NAMED: Final = 3


@dataclass(frozen=True, kw_only=True)
class Row:
    report: Report
    path: str
    look: StateLook
    meta: str


def rows_of(community: Community, reports: Iterable[Report]) -> list[Row]:
    titles, rows = titles_of(community.pk), list(reports)
    merged = numbers_merged([each.pk for each in rows if each.incident_id])
    return [row_of(report, titles, merged.get(report.pk, ())) for report in rows]


def numbers_merged(leads: Sequence[int]) -> Mapping[int, Sequence[int]]:
    """Lead → numbers of the reports of the same thing, which have no row of their own."""
    found: dict[int, list[int]] = {}
    if leads:
        rows = Report.objects.filter(follows__in=leads, number__isnull=False).order_by("number", "pk")
        for lead, number in rows.values_list("follows_id", "number"):
            found.setdefault(lead or 0, []).append(number or 0)
    return found


def row_of(report: Report, titles: Mapping[str, str], merged: Sequence[int] = ()) -> Row:
    category = titles.get(report.category_codes[0], "") if report.category_codes else ""
    when = day(report.published_at) if report.published_at else ""
    holder = report.organisation.name if report.organisation else ""
    return Row(
        report=report,
        path=path_of(report),
        look=STATES[State(report.state)],
        meta=" · ".join(part for part in (report.address, category, when, holder, together(merged)) if part),
    )


def together(numbers: Sequence[int]) -> str:
    """A storm brings thousands: the first few are named."""
    if not numbers:
        return ""
    named = ", ".join(f"№ {each}" for each in numbers[:MOST_NAMED])
    more = len(numbers) - MOST_NAMED
    return (
        _("разом з %(numbers)s і ще %(more)s") % {"numbers": named, "more": more}
        if more > 0
        else _("разом з %(numbers)s") % {"numbers": named}
    )


def feature_of(report: Report, community: Community) -> dict[str, Any]:
    """GeoJSON (RFC 7946): what everybody may know of a report, without its author."""
    place = None
    if report.lat is not None and report.lon is not None:
        place = {"type": "Point", "coordinates": [round(report.lon, 6), round(report.lat, 6)]}
    return {
        "type": "Feature",
        "id": report.pk,
        "geometry": place,
        "properties": {
            "number": report.number,
            "title": report.title,
            "state": report.state,
            "categories": report.category_codes,
            "address": report.address,
            "organisation": report.organisation.name if report.organisation else "",
            "published_at": report.published_at.isoformat() if report.published_at else None,
            "closed_at": report.closed_at.isoformat() if report.closed_at else None,
            "voices": report.voice_count,
            "url": address_of_page(community, path_of(report)),
        },
    }
