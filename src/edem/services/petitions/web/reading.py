"""What everybody may read: the list, the card, the signers."""

from itertools import accumulate

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from edem.foundation.communities.queries import charter_in_force
from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.models import Person
from edem.foundation.people.requests import CommunityRequest
from edem.foundation.places.queries import settlements_of
from edem.kernel.errors import Missing
from edem.services.petitions.queries.attachments import files_of
from edem.services.petitions.queries.charters import CODE, read_version
from edem.services.petitions.queries.editions import changed_at, earlier_editions, is_correctable
from edem.services.petitions.queries.lists import GROUPS, PAGE, petitions_wanted
from edem.services.petitions.queries.pages import PetitionPage, petition_for, petition_page
from edem.services.petitions.queries.paper import waiting_after_end
from edem.services.petitions.queries.rows import row_of
from edem.services.petitions.queries.signatures import Places, days_of
from edem.services.petitions.queries.similar import alike
from edem.services.petitions.queries.updates import updates_on
from edem.services.petitions.rules.channels import WAYS
from edem.services.petitions.web.discussing import glance_facts
from edem.services.petitions.web.exclusion_facts import exclusion_facts
from edem.services.petitions.web.forms import FilterForm
from edem.services.petitions.web.outcome import outcome_facts
from edem.services.petitions.web.road import road_of
from edem.services.petitions.web.sharing import shown_elsewhere
from edem.ui.chart.chart import Trend
from edem.ui.pagination.long_lists import LongPaginator
from edem.ui.progress.progress import Live
from edem.ui.table.table import Column
from edem.ui.tabs.tabs import Tab
from edem.ui.words import clock, moment

SIGNERS_PAGE = 100
LEAST_FOR_A_LINE = 2


def list_tags(request: HttpRequest, **_arguments: object) -> list[str]:
    community = getattr(request, "community", None)
    return [f"petitions:{community.pk}"] if community else []


@open_to(anyone)
@kept(query=("q", "state", "category", "settlement", "sort", "page"), tags=list_tags)
@require_safe
def petition_list(request: CommunityRequest) -> HttpResponse:
    version = charter_in_force(request.community.pk, CODE, now=request.now)
    charter = read_version(version.pk)
    settlements = [(unit.code, unit.name) for unit in settlements_of(request.community.katottg)]
    form = FilterForm(request.GET, categories=[(each, each) for each in charter.categories], settlements=settlements)
    wanted = form.wanted()
    found = petitions_wanted(request.community, wanted, now=request.now)
    page = LongPaginator(found, PAGE).get_page(request.GET.get("page"))
    tabs = [
        Tab(label=_(label), url=f"?state={group.value}", current=group == wanted.group)
        for group, label in GROUPS.items()
    ]
    shown = [row_of(petition, now=request.now) for petition in page]
    facts = {"page": page, "rows": shown, "form": form, "wanted": wanted, "charter": charter, "tabs": tabs}
    return render(request, "petitions/list.html", facts)


@open_to(anyone)
@kept(tags=("petition:{petition_id}",))
@require_safe
def petition_card(request: CommunityRequest, petition_id: int) -> HttpResponse:
    page = petition_page(request.community, petition_id, reader=request.person, now=request.now)
    facts = card_facts(page) | author_facts(page, request.person) | exclusion_facts(page, request.person)
    facts |= glance_facts(page)
    return render(request, "petitions/card.html", facts)


@open_to(anyone)
@kept(query=("page",), tags=("petition:{petition_id}",))
@require_safe
def signers(request: CommunityRequest, petition_id: int) -> HttpResponse:
    """Public by law: name and date; not for search engines, and no page of its own for a person."""
    petition = petition_for(request.community, petition_id, reader=request.person)
    page = Places(petition, SIGNERS_PAGE).get_page(request.GET.get("page"))
    response = render(request, "petitions/signers.html", {"petition": petition, "page": page})
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@open_to(anyone)
@kept(tags=("petition:{petition_id}",))
@require_safe
def editions(request: CommunityRequest, petition_id: int) -> HttpResponse:
    """The texts that stood before the author's corrections."""
    petition = petition_for(request.community, petition_id, reader=request.person)
    earlier = earlier_editions(petition)
    if not earlier:
        raise Missing("petition.missing")
    return render(request, "petitions/editions.html", {"petition": petition, "editions": earlier})


def card_facts(page: PetitionPage) -> dict[str, object]:
    return {
        "page": page,
        "petition": page.petition,
        "road": road_of(page),
        "live": live_of(page.petition.pk),
        "as_of_note": _("Станом на %(time)s") % {"time": clock(page.as_of)},
        "split_columns": (Column(label=_("Спосіб")), Column(label=_("Підписів"), is_number=True)),
        "split_lines": [(_(WAYS[split.way]), split.count) for split in page.split],
        "split_caption": _("Підписи за способом, станом на %(time)s") % {"time": moment(page.as_of)},
        "growth": growth_of(page),
        "is_staff_case": page.is_staff_case,
        "files": files_of(page.petition) if page.shows_text else [],
        "news": updates_on(page.petition),
        "changed_at": changed_at(page.petition),
        "shown_elsewhere": shown_elsewhere(page),
        "paper_waiting": waiting_after_end(page.petition, now=page.as_of),
        **outcome_facts(page),
    }


def author_facts(page: PetitionPage, reader: Person | None) -> dict[str, object]:
    is_author = reader is not None and page.petition.author_id == reader.pk
    return {"is_author": is_author, "is_correctable": is_author and is_correctable(page.petition)}


def growth_of(page: PetitionPage) -> Trend | None:
    """How the signatures gathered, day by day; one day makes no line."""
    days = days_of(page.petition)
    if len(days) < LEAST_FOR_A_LINE:
        return None
    totals = accumulate((count for _day, count in days), initial=page.petition.imported_count)
    return Trend(
        title=_("Як збиралися підписи"),
        unit=_("усього на кінець дня"),
        points=tuple((day, total) for (day, _count), total in zip(days, list(totals)[1:], strict=True)),
        goal=page.petition.required,
        first_column=_("День"),
    )


def live_of(petition_id: int) -> Live:
    """Where the page's counter is told; the front door answers both addresses."""
    home = reverse("home")
    return Live(
        stream=f"{home}live/signatures/{petition_id}", poll=f"{home}count/signatures/{petition_id}.json", name="count"
    )


@open_to(anyone)
@require_safe
def similar(request: CommunityRequest) -> HttpResponse:
    """A fragment for the form: what like this exists already, with «підписати її» first."""
    text = request.GET.get("q", "")[:500]
    return render(request, "petitions/similar.html", {"alike": alike(request.community, text, now=request.now)})
