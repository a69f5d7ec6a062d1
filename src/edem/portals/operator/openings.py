"""The platform operator's pages on the platform's own host: the communities, and opening one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.communities.actions import open_community
from edem.foundation.communities.finding import communities_found, country_numbers, open_communities
from edem.foundation.communities.opening import facts_to_open
from edem.foundation.notices.resending import letters_waiting
from edem.foundation.notices.resending_message import messages_waiting
from edem.foundation.people.access import open_to
from edem.portals.operator.acting import OPERATORS, OperatorRequest, done, pen_of, posted
from edem.portals.operator.platform_forms import OpeningForm
from edem.ui.refusals import refusals_shown_on

SHOWN = 200
FOUND = 50


@open_to(OPERATORS)
@require_safe
def home(request: OperatorRequest) -> HttpResponse:
    """The communities that are here, and a search among those that are not yet."""
    question = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    page = {
        "question": question,
        "found": [each for each in communities_found(question, limit=FOUND) if not each.community.is_open],
        "opened": open_communities()[:SHOWN],
        "numbers": country_numbers(),
        "letters_waiting": letters_waiting(),
        "messages_waiting": messages_waiting(),
    }
    return render(request, "operator/platform.html", page)


@open_to(OPERATORS)
@require_http_methods(["GET", "POST"])
def opening(request: OperatorRequest, katottg: str) -> HttpResponse:
    """Names and address come filled in from the list or the codifier; the operator corrects them."""
    form = OpeningForm(posted(request), initial=facts_to_open(katottg))
    if form.is_valid():
        with refusals_shown_on(form):
            opened = open_community(
                katottg,
                slug=form.cleaned_data["slug"],
                host=form.cleaned_data["host"] or None,
                facts=form.facts(),
                record=pen_of(request),
                now=request.now,
            )
            return done(request, _("Громаду відкрито: %(name)s.") % {"name": opened.name}, "platform:home")
    return render(request, "operator/opening.html", {"form": form, "katottg": katottg}, status=form.status)
