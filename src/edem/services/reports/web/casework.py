"""The desk's page of one report: its whole story, and the deeds that wait for whoever reads it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to, staff
from edem.foundation.people.requests import CommunityRequest, PersonalRequest
from edem.foundation.people.roles import Role
from edem.kernel.errors import Missing, NotAllowed
from edem.kernel.geo.points import Point
from edem.services.reports.queries.advice import advice_in
from edem.services.reports.queries.matrix_areas import Shape, shapes_at
from edem.services.reports.queries.reading import ReportPage, report_page
from edem.services.reports.queries.self_help import neighbours_are_done
from edem.services.reports.rules.lifecycle import IN_ORGANISATION
from edem.services.reports.web.deeds import DEED, deed_waiting, deeds_folded, deeds_open
from edem.services.reports.web.reading import card_facts
from edem.services.reports.web.resident_facts import resident_facts
from edem.ui.refusals import refusals_shown_on


@open_to(staff)
@require_safe
def case(request: PersonalRequest, report_id: int) -> HttpResponse:
    page = case_page(request, report_id)
    facts = card_facts(page) | resident_facts(page, request.person) | deeds_facts(page) | advised(request, page)
    facts |= {"works_there": works_there(page), "shapes": areas_around(page)}
    return render(request, "reports/case.html", facts)


@open_to(staff)
@require_http_methods(["GET", "POST"])
def take_deed(request: PersonalRequest, report_id: int, deed: str) -> HttpResponse:
    page, chosen = case_page(request, report_id), DEED.get(deed)
    if chosen is None or not chosen.is_open(page):
        raise Missing("report.step_not_now")
    form = chosen.form(request.POST or None, request.FILES or None, page=page)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            chosen.take(report_id, form, request.person, request.now)
            return redirect("reports:case", report_id)
    facts = {"page": page, "report": page.report, "form": form, "deed": chosen} | advised(request, page)
    return render(request, "reports/step.html", facts, status=form.status)


@open_to(anyone)
@kept(tags=("report:{report_id}",))
@require_safe
def editions(request: CommunityRequest, report_id: int) -> HttpResponse:
    """The words that stood before a moderator mended them."""
    page = report_page(request.community, report_id, reader=request.person, now=request.now)
    if not page.editions or not page.shows_text:
        raise Missing("report.missing")
    return render(request, "reports/editions.html", {"report": page.report, "editions": page.editions})


def deeds_facts(page: ReportPage) -> dict[str, object]:
    """One deed in sight, the rest folded by what they are for."""
    deeds = deeds_open(page)
    waiting = deed_waiting(page, deeds, neighbours_are_done=neighbours_are_done(page.report))
    return {"waiting": waiting, "folds": deeds_folded(deeds, waiting=waiting)}


def advised(request: PersonalRequest, page: ReportPage) -> dict[str, object]:
    """Whom to ask, and the part of the guide that is the reader's own."""
    part = "moderator" if Role.MODERATOR in page.actors else "worker" if works_there(page) else "control"
    return {"advice": advice_in(request.community, now=request.now), "part": part}


def works_there(page: ReportPage) -> bool:
    """Their organisation's own page has what they do."""
    return not page.actors.isdisjoint(IN_ORGANISATION)


def areas_around(page: ReportPage) -> list[Shape]:
    """Whose part of the community this is, by the matrix."""
    lat, lon = page.report.lat, page.report.lon
    return [] if lat is None or lon is None else shapes_at(page.report.community_id, Point(lat, lon))


def case_page(request: PersonalRequest, report_id: int) -> ReportPage:
    page = report_page(request.community, report_id, reader=request.person, now=request.now)
    if not page.is_staff_case:
        raise NotAllowed("report.not_your_case")
    return page
