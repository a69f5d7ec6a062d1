"""The page for developers, and the keys in the administrator's hands."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.catalog.registry import switched_on
from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to, staff
from edem.foundation.people.requests import CommunityRequest, PersonalRequest
from edem.foundation.people.roles import Role
from edem.portals.public_api.api import scopes
from edem.portals.public_api.forms import KeyForm
from edem.portals.public_api.keys import OVERLAPS, end_key, keys_of, make_key, rotate_key


@open_to(anyone)
@kept()
@require_safe
def developers(request: CommunityRequest) -> HttpResponse:
    here = switched_on(request.community)
    datasets = [dataset for manifest in here for dataset in manifest.datasets]
    standards = [each for manifest in here for each in (manifest.standards or {}).items()]
    facts = {"datasets": datasets, "scopes": scopes(), "standards": standards}
    return render(request, "public_api/developers.html", facts)


@open_to(staff.having(Role.COMMUNITY_ADMIN))
@never_cache
@require_http_methods(["GET", "POST"])
def keys(request: PersonalRequest) -> HttpResponse:
    form = KeyForm(request.POST or None, community=request.community)
    made = ""
    if form.is_valid():
        made = make_key(request.community, form.facts(), by=request.person, now=request.now)
        form = KeyForm(community=request.community)
    return _shown(request, form, made=made)


@open_to(staff.having(Role.COMMUNITY_ADMIN))
@never_cache
@require_POST
def rotate(request: PersonalRequest, key_id: int) -> HttpResponse:
    """The new key is shown on the page that answers, and nowhere else."""
    chosen = request.POST.get("overlap", "")
    overlap = int(chosen) if chosen in {f"{days}" for days in OVERLAPS} else OVERLAPS[1]
    made = rotate_key(request.community, key_id, overlap=overlap, by=request.person, now=request.now)
    return _shown(request, KeyForm(community=request.community), made=made)


@open_to(staff.having(Role.COMMUNITY_ADMIN))
@require_POST
def end(request: PersonalRequest, key_id: int) -> HttpResponse:
    end_key(request.community, key_id, by=request.person, now=request.now)
    return redirect("api_keys")


def _shown(request: PersonalRequest, form: KeyForm, *, made: str) -> HttpResponse:
    facts = {
        "form": form,
        "keys": keys_of(request.community),
        "made": made,
        "overlaps": OVERLAPS,
        "scope_words": {scope.code: scope.words for scope in scopes()},
    }
    return render(request, "public_api/keys.html", facts, status=form.status)
