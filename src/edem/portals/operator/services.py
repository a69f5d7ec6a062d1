"""Which services and languages the community offers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from edem.foundation.catalog.registry import manifests
from edem.foundation.communities.actions import switch_languages, switch_services
from edem.foundation.communities.queries import community_as_saved
from edem.foundation.people.access import open_to
from edem.foundation.people.requests import PersonalRequest
from edem.portals.operator.acting import ADMINISTRATORS, done, pen_of, posted
from edem.portals.operator.forms import ServicesForm
from edem.ui.refusals import refusals_shown_on


@open_to(ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def services(request: PersonalRequest) -> HttpResponse:
    community = community_as_saved(request.community.pk)
    initial = {"services": community.services, "languages": community.languages}
    form = ServicesForm(posted(request), initial=initial, offered=manifests())
    if form.is_valid():
        with refusals_shown_on(form):
            switch(request, form)
            return done(request, _("Послуги й мови збережено."), "operator:home")
    return render(request, "operator/services.html", {"form": form}, status=form.status)


def switch(request: PersonalRequest, form: ServicesForm) -> None:
    chosen, record, now = form.cleaned_data, pen_of(request), request.now
    switch_services(
        request.community.pk,
        chosen["services"],
        known=frozenset(each.code for each in manifests()),
        need_charter=frozenset(each.code for each in manifests() if each.charter),
        begin={each.code: each.begin for each in manifests() if each.begin},
        record=record,
        now=now,
    )
    switch_languages(request.community.pk, chosen["languages"], record=record, now=now)
