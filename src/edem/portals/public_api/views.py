"""The page for developers, and the keys in the administrator's hands."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.catalog.registry import switched_on
from edem.foundation.communities.models import Community, Organisation
from edem.foundation.communities.queries import organisations_of
from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to, staff
from edem.foundation.people.requests import CommunityRequest, PersonalRequest
from edem.foundation.people.roles import Role
from edem.portals.public_api.keys import end_key, keys_of, make_key
from edem.ui.forms import Form, offer


class KeyForm(Form):
    name = forms.CharField(label=_("Для якої програми ключ"), max_length=100)
    organisation = forms.ChoiceField(label=_("Організація"), required=False)

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in organisations_of(community.pk).filter(closed_at=None)}
        named = [(pk, organisation.name) for pk, organisation in self.known.items()]
        offer(self, "organisation", [("", _("Уся громада")), *named])

    def clean_organisation(self) -> Organisation | None:
        return self.known.get(self.cleaned_data["organisation"])


@open_to(anyone)
@kept()
@require_safe
def developers(request: CommunityRequest) -> HttpResponse:
    datasets = [dataset for manifest in switched_on(request.community) for dataset in manifest.datasets]
    return render(request, "public_api/developers.html", {"datasets": datasets})


@open_to(staff.having(Role.COMMUNITY_ADMIN))
@require_http_methods(["GET", "POST"])
def keys(request: PersonalRequest) -> HttpResponse:
    form = KeyForm(request.POST or None, community=request.community)
    made = ""
    if form.is_valid():
        name, organisation = form.cleaned_data["name"], form.cleaned_data["organisation"]
        made = make_key(request.community, name, organisation=organisation, by=request.person, now=request.now)
        form = KeyForm(community=request.community)
    facts = {"form": form, "keys": keys_of(request.community), "made": made}
    return render(request, "public_api/keys.html", facts, status=form.status)


@open_to(staff.having(Role.COMMUNITY_ADMIN))
@require_POST
def end(request: PersonalRequest, key_id: int) -> HttpResponse:
    end_key(request.community, key_id, by=request.person, now=request.now)
    return redirect("api_keys")
