"""Names, contacts, colour and arms of the community."""

from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from edem.foundation.communities.actions import change_accent, change_arms, change_facts, remove_arms
from edem.foundation.communities.look import verdict_on
from edem.foundation.communities.queries import community_as_saved
from edem.foundation.people.access import open_to
from edem.foundation.people.requests import PersonalRequest
from edem.portals.operator.acting import ADMINISTRATORS, done, pen_of, posted
from edem.portals.operator.forms import AccentForm, ArmsForm, FactsForm
from edem.ui.refusals import refusals_shown_on


@open_to(ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def facts(request: PersonalRequest) -> HttpResponse:
    community = community_as_saved(request.community.pk)
    form = FactsForm(posted(request), initial=model_to_dict(community))
    if form.is_valid():
        with refusals_shown_on(form):
            change_facts(community.pk, form.facts(), record=pen_of(request), now=request.now)
            return done(request, _("Назви й контакти збережено."), "operator:home")
    return render(request, "operator/facts.html", {"form": form}, status=form.status)


@open_to(ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def look(request: PersonalRequest) -> HttpResponse:
    """A colour is looked at before it is chosen: posting it here only shows it."""
    community = community_as_saved(request.community.pk)
    form = AccentForm(posted(request), initial={"accent": community.accent})
    tried = form.cleaned_data["accent"].lower() if form.is_valid() else ""
    page = {
        "form": form,
        "tried": tried,
        "verdict": verdict_on(tried or community.accent),
        "arms_form": ArmsForm(),
        "has_arms": bool(community.coat_of_arms),
    }
    return render(request, "operator/look.html", page, status=form.status)


@open_to(ADMINISTRATORS)
@require_POST
def accent(request: PersonalRequest) -> HttpResponse:
    chosen = request.POST.get("accent", "")
    change_accent(request.community.pk, chosen, record=pen_of(request), now=request.now)
    return done(request, _("Колір громади змінено."), "operator:look")


@open_to(ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def arms(request: PersonalRequest) -> HttpResponse:
    form = ArmsForm(posted(request), request.FILES if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown_on(form):
            picture = form.cleaned_data["picture"][0].read()
            change_arms(request.community.pk, picture, record=pen_of(request), now=request.now)
            return done(request, _("Герб збережено."), "operator:look")
    return render(request, "operator/arms.html", {"form": form}, status=form.status)


@open_to(ADMINISTRATORS)
@require_POST
def arms_away(request: PersonalRequest) -> HttpResponse:
    remove_arms(request.community.pk, record=pen_of(request), now=request.now)
    return done(request, _("Герб прибрано."), "operator:look")
