"""The list of petitions. What was found is the same for every reader, so it is made once an interval for all."""

from collections.abc import Mapping, Sequence

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
from edem.services.petitions.charter import PetitionCharter
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
    facts = {
        "found": found_part(request, charter),
        "lead": kept_part(
            "petitions/list_lead.html", key=charter.threshold, tags=(), facts=lambda: {"threshold": charter.threshold}
        ),
        "aside": kept_part("petitions/list_aside.html", key="", tags=(), facts=dict),
    }
    return render(request, "petitions/list.html", facts)


def found_part(request: CommunityRequest, charter: PetitionCharter) -> SafeString:
    filters, number = filters_of(request.GET), request.GET.get("page", "")[:LONGEST_NUMBER]

    def facts() -> Mapping[str, object]:
        form = filter_form(request, charter)
        wanted = form.wanted()
        page = LongPaginator(petitions_wanted(request.community, wanted, now=request.now), PAGE).get_page(number)
        return {
            "tabs": tabs_of(wanted),
            "form": form,
            "wanted": wanted,
            "page": page,
            "rows": [row_of(petition, now=request.now) for petition in page],
            "filters": filters,
            "ornament_code": request.community.katottg,
        }

    key = (request.community.pk, filters.urlencode(), number)
    return kept_part("petitions/found.html", key=key, tags=list_tags(request), facts=facts)


def filter_form(request: CommunityRequest, charter: PetitionCharter) -> FilterForm:
    settlements = [(unit.code, unit.name) for unit in settlements_of(request.community.katottg)]
    return FilterForm(request.GET, categories=[(each, each) for each in charter.categories], settlements=settlements)


def tabs_of(wanted: Wanted) -> Sequence[Tab]:
    return [
        Tab(label=_(label), url=f"?state={group.value}", current=group == wanted.group)
        for group, label in GROUPS.items()
    ]


def filters_of(asked: QueryDict) -> QueryDict:
    """What the links to other pages of the list repeat."""
    filters = QueryDict(mutable=True)
    filters.update({name: str(asked[name]) for name in FILTERS if asked.get(name)})
    return filters
