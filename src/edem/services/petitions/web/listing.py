"""The list of petitions. What was found is the same for every reader, so it is made once an interval for all."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from edem.foundation.communities.queries import charter_in_force
from edem.foundation.live.kept import kept
from edem.foundation.live.parts import kept_part
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.foundation.places.queries import settlements_of
from edem.services.petitions.queries.charters import CODE, read_version
from edem.services.petitions.queries.lists import GROUPS, PAGE, Wanted, petitions_wanted
from edem.services.petitions.queries.rows import row_of
from edem.services.petitions.web.forms import FilterForm
from edem.ui.pagination.long_lists import LongPaginator
from edem.ui.tabs.tabs import Tab

FILTERS = ("q", "state", "category", "settlement", "sort")
LONGEST_NUMBER = 6


def list_tags(request: HttpRequest, **_arguments: object) -> list[str]:
    community = getattr(request, "community", None)
    return [f"petitions:{community.pk}"] if community else []


@open_to(anyone)
@kept(query=(*FILTERS, "page"), tags=list_tags)
@require_safe
def petition_list(request: CommunityRequest) -> HttpResponse:
    version = charter_in_force(request.community.pk, CODE, now=request.now)
    charter = read_version(version.pk)
    settlements = [(unit.code, unit.name) for unit in settlements_of(request.community.katottg)]
    form = FilterForm(request.GET, categories=[(each, each) for each in charter.categories], settlements=settlements)
    wanted = form.wanted()
    tabs = [
        Tab(label=_(label), url=f"?state={group.value}", current=group == wanted.group)
        for group, label in GROUPS.items()
    ]
    facts = {"found": found_part(request, wanted), "form": form, "wanted": wanted, "charter": charter, "tabs": tabs}
    return render(request, "petitions/list.html", facts)


def found_part(request: CommunityRequest, wanted: Wanted) -> SafeString:
    filters, number = filters_of(request.GET), request.GET.get("page", "")[:LONGEST_NUMBER]

    def facts() -> Mapping[str, object]:
        page = LongPaginator(petitions_wanted(request.community, wanted, now=request.now), PAGE).get_page(number)
        rows = [row_of(petition, now=request.now) for petition in page]
        return {"page": page, "rows": rows, "filters": filters, "ornament_code": request.community.katottg}

    key = (wanted, filters.urlencode(), number)
    return kept_part("petitions/found.html", key=key, tags=list_tags(request), facts=facts)


def filters_of(asked: QueryDict) -> QueryDict:
    """What the links to other pages of the list repeat."""
    filters = QueryDict(mutable=True)
    filters.update({name: str(asked[name]) for name in FILTERS if asked.get(name)})
    return filters
