"""The council's rules of a service: a form made from the model, a look at what changes, and only then the act."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from edem.foundation.catalog.ruled import Ruled, ruled_called
from edem.foundation.communities.actions import adopt_charter
from edem.foundation.communities.actions.charters import check_may_adopt
from edem.foundation.communities.charter import Charter
from edem.foundation.communities.charter_form import CharterForm, charter_form, initial_of
from edem.foundation.communities.charter_page import differences
from edem.foundation.communities.models import CharterVersion
from edem.foundation.communities.queries import charter_versions
from edem.foundation.people.access import open_to
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.deadlines import kyiv_day
from edem.kernel.errors import Missing
from edem.portals.operator.acting import ADMINISTRATORS, done, pen_of, posted
from edem.ui.refusals import refusals_shown_on


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the council decides about, and what it decided last."""

    ruled: Ruled
    last: CharterVersion | None


@open_to(ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def charter(request: PersonalRequest, code: str) -> HttpResponse:
    """Three steps on one address: write, look at what changes, adopt. «Виправити» leads one step back."""
    desk = desk_of(request, code)
    form = charter_form(desk.ruled.charter)(posted(request), initial=initial_of(desk.ruled.charter, desk.last))
    step = request.POST.get("step")
    if step != "edit" and form.is_valid():
        with refusals_shown_on(form):
            check_may_adopt(desk.last, act=form.act(), in_force_from=form.in_force_from_day(), now=request.now)
            return adopted(request, desk, form) if step == "adopt" else preview(request, desk, form)
    return render(request, "operator/charter.html", {"form": form, **named(desk)}, status=form.status)


def preview(request: PersonalRequest, desk: Desk, form: CharterForm) -> HttpResponse:
    page = {
        "form": form,
        "typed": [(name, value) for name, values in typed(request) for value in values],
        "differences": differences(desk.last, form.charter, clauses=form.clauses()),
        "impact": impact(request, desk, form.charter),
        "is_today": form.in_force_from_day() <= kyiv_day(request.now),
        **named(desk),
    }
    return render(request, "operator/charter_preview.html", page)


def adopted(request: PersonalRequest, desk: Desk, form: CharterForm) -> HttpResponse:
    adopt_charter(
        request.community.pk,
        desk.ruled.code,
        charter=form.charter,
        act=form.act(),
        clauses=form.clauses(),
        in_force_from=form.in_force_from_day(),
        record=pen_of(request),
        now=request.now,
    )
    return done(request, _("Правила затверджено. Їх уже видно всім."), "rules_of_service", desk.ruled.code)


def impact(request: PersonalRequest, desk: Desk, new: Charter) -> Sequence[str]:
    """What the service itself says of the change: how many items keep their old version."""
    if desk.last is None or desk.ruled.charter_impact is None:
        return []
    return desk.ruled.charter_impact(request.community, desk.last.read(desk.ruled.charter), new, request.now)


def desk_of(request: PersonalRequest, code: str) -> Desk:
    ruled = ruled_called(code)
    if ruled is None:
        raise Missing("operator.no_such_service")
    last = charter_versions(request.community.pk, code).first()
    return Desk(ruled=ruled, last=last)


def named(desk: Desk) -> dict[str, object]:
    return {"service_title": _(desk.ruled.title), "last": desk.last, "code": desk.ruled.code}


def typed(request: PersonalRequest) -> list[tuple[str, list[str]]]:
    """Everything that was written, to be carried through the look at it."""
    ours = ("csrfmiddlewaretoken", "step")
    return [(name, values) for name, values in request.POST.lists() if name not in ours]
