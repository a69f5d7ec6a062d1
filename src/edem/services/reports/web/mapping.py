"""The map: its page, its points in both forms, and the cards of what was pressed."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from edem.foundation.communities.models import Community
from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.kernel.geo.points import Box
from edem.services.reports.queries.lists import Wanted
from edem.services.reports.queries.matrix_areas import shapes_held_by
from edem.services.reports.queries.rows import rows_of
from edem.services.reports.queries.tiles import (
    SHOWN_STATES,
    box_of,
    columns_of,
    is_few,
    map_version,
    reports_shown,
    tile_of,
)
from edem.services.reports.rules.lifecycle import STATES
from edem.services.reports.web.listing import list_tags, tabs_of
from edem.services.reports.web.map_forms import FILTERS, FilterForm, filters_of, wanted_of
from edem.ui.maps import map_setup

FOR_EVER = "public, max-age=31536000, immutable"
FOR_NOW = "public, max-age=5"
MOST_CARDS = 20
LONGEST_IDS = 400
LONGEST_ID = 18


@open_to(anyone)
@kept(query=FILTERS, tags=list_tags)
@require_safe
def report_map(request: CommunityRequest) -> HttpResponse:
    form = FilterForm(request.GET, community=request.community)
    wanted, filters = form.wanted(), filters_of(request.GET)
    facts = {
        "form": form,
        "filters": filters,
        "wanted": wanted,
        "is_narrowed": not wanted.is_whole,
        "tabs": tabs_of(wanted, filters),
        "drawn": drawn(request.community, wanted, asked=filters.urlencode(), now=request.now),
    }
    return render(request, "reports/map.html", facts)


def drawn(community: Community, wanted: Wanted, *, asked: str, now: datetime) -> dict[str, object]:
    """What the island needs to draw these reports; the addresses of points change whenever a report does."""
    version = map_version(community, now=now)
    asked = f"?{asked}" if asked else ""
    window = reverse("reports:map_window", args=(version, 0, "0-0")).removesuffix("0/0-0.tiles")
    box = box_of(community)
    return {
        "setup": map_setup(),
        "points": reverse("reports:map_points", args=(version,)) + asked if is_few(community, wanted) else "",
        "windows": f"{window}{{z}}/{{places}}.tiles{asked}",
        "bounds": edges_of(box),
        "areas": shapes_held_by(community.pk, wanted.organisation) if wanted.organisation else [],
        "looks": json.dumps([{"shape": STATES[state].shape, "tone": STATES[state].tone} for state in SHOWN_STATES]),
        "legend": [STATES[state] for state in SHOWN_STATES],
    }


def edges_of(box: Box | None) -> str:
    """For `data-bounds`."""
    return json.dumps([box.west, box.south, box.east, box.north]) if box else ""


@open_to(anyone)
@kept(query=FILTERS, tags=list_tags)
@require_safe
def points(request: CommunityRequest, version: str) -> HttpResponse:
    body = columns_of(request.community, wanted_of(request.GET, request.community))
    return lasting(request, version, HttpResponse(body, content_type="application/json"))


@open_to(anyone)
@kept(query=FILTERS, tags=list_tags)
@require_safe
def tile(request: CommunityRequest, version: str, z: int, x: int, y: int) -> HttpResponse:
    body = tile_of(request.community, wanted_of(request.GET, request.community), z=z, x=x, y=y)
    return lasting(request, version, HttpResponse(body, content_type="application/vnd.mapbox-vector-tile"))


def lasting(request: CommunityRequest, version: str, response: HttpResponse) -> HttpResponse:
    """Only what is asked for by the present version may be kept: an old address shows the present points too."""
    present = map_version(request.community, now=request.now) == version
    response["Cache-Control"] = FOR_EVER if present else FOR_NOW
    return response


@open_to(anyone)
@kept(query=("ids",), tags=list_tags)
@require_safe
def cards(request: CommunityRequest) -> HttpResponse:
    """A fragment: the reports of one place, each as in the list."""
    ids = ids_read(request.GET.get("ids", ""))
    rows = rows_of(request.community, reports_shown(request.community, ids))
    return render(request, "reports/map_cards.html", {"rows": rows})


def ids_read(text: str) -> Sequence[int]:
    parts = text[:LONGEST_IDS].split(",")[:MOST_CARDS]
    return [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) <= LONGEST_ID]
