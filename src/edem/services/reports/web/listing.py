"""The list of reports: the map's twin, by the same filters, for everybody who cannot or need not use a map."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from edem.foundation.communities.models import Community
from edem.foundation.live.kept import kept
from edem.foundation.live.parts import kept_part
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.services.reports.queries.lists import GROUPS, PAGE, Wanted, reports_listed
from edem.services.reports.queries.rows import rows_of
from edem.services.reports.queries.settlements import settlement_name
from edem.services.reports.web.box_pages import BoxPaginator
from edem.services.reports.web.map_forms import FILTERS, FilterForm, filters_of
from edem.ui.pagination.long_lists import LongPaginator
from edem.ui.tabs.tabs import Tab

LONGEST_NUMBER = 6


def list_tags(request: HttpRequest, **_arguments: object) -> list[str]:
    community = getattr(request, "community", None)
    return [f"reports:{community.pk}"] if community else []


@open_to(anyone)
@kept(query=(*FILTERS, "page"), tags=list_tags)
@require_safe
def report_list(request: CommunityRequest) -> HttpResponse:
    form = FilterForm(request.GET, community=request.community)
    wanted, filters = form.wanted(), filters_of(request.GET)
    facts = {
        "found": found_part(request, wanted, filters),
        "form": form,
        "wanted": wanted,
        "filters": filters,
        "without_box": without(filters, "box"),
        "settlement": settlement_name(request.community, wanted.settlement) if wanted.settlement else "",
        "without_settlement": without(filters, "settlement"),
        "without_street": without(filters, "street"),
        "tabs": tabs_of(wanted, filters),
    }
    return render(request, "reports/list.html", facts)


def found_part(request: CommunityRequest, wanted: Wanted, filters: QueryDict) -> SafeString:
    community, number = request.community, request.GET.get("page", "")[:LONGEST_NUMBER]

    def facts() -> Mapping[str, object]:
        page = paginator_of(community, wanted).get_page(number)
        rows = rows_of(community, page)
        return {"page": page, "rows": rows, "filters": filters, "ornament_code": community.katottg}

    key = (community.pk, wanted, filters.urlencode(), number)
    return kept_part("reports/found.html", key=key, tags=list_tags(request), facts=facts)


def paginator_of(community: Community, wanted: Wanted) -> LongPaginator:
    """A part of the map that nothing else narrows has a way of its own."""
    if wanted.box is not None and replace(wanted, box=None).is_whole:
        return BoxPaginator(community, wanted, wanted.box)
    return LongPaginator(reports_listed(community, wanted), PAGE)


def tabs_of(wanted: Wanted, filters: QueryDict) -> list[Tab]:
    """The other filters stay when the reader looks at another state."""
    others = without(filters, "state")
    start = f"?{others.urlencode()}&" if others else "?"
    return [
        Tab(label=_(label), url=f"{start}state={group.value}", current=group == wanted.group)
        for group, label in GROUPS.items()
    ]


def without(filters: QueryDict, name: str) -> QueryDict:
    others = filters.copy()
    others.pop(name, None)
    return others
