"""«Мій профіль»: how others see me, where I belong, what I do here, how I come in, what I have agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.communities.models import Community
from edem.foundation.identity.charter import METHOD_WORDS
from edem.foundation.identity.claims import Method
from edem.foundation.identity.consent_text import EDITIONS
from edem.foundation.identity.models import MembershipFact, SignIn
from edem.foundation.identity.queries import consents_of, memberships_of
from edem.foundation.identity.settling import methods_of
from edem.foundation.notices.language import choose_language
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.models import Person, RoleGrant
from edem.foundation.people.queries import IN_FORCE
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.errors import Missing
from edem.portals.cabinet.forms import LanguageForm
from edem.ui.refusals import refusals_shown_on


@dataclass(frozen=True, kw_only=True)
class Membership:
    community: str
    basis: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class Job:
    role: str
    where: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class WayIn:
    """A way of sign-in: used before, open now, or both."""

    title: str
    last_used: datetime | None
    is_open: bool


@open_to(residents)
@never_cache
@require_http_methods(["GET", "POST"])
def home(request: PersonalRequest) -> HttpResponse:
    """The only thing to choose here is the language of letters: the name comes from a document, by law."""
    person = request.person
    form = LanguageForm(request.POST if request.method == "POST" else None, initial={"language": person.language})
    if form.is_valid():
        with refusals_shown_on(form):
            choose_language(person, form.cleaned_data["language"])
            messages.success(request, _("Збережено."))
            return redirect("cabinet:profile")
    facts = {
        "form": form,
        "memberships": _memberships(person),
        "jobs": _jobs(person),
        "ways": _ways(person, request.community, now=request.now),
        "consents": [(each, each.version in EDITIONS) for each in consents_of(person)],
    }
    return render(request, "cabinet/profile.html", facts, status=form.status)


@open_to(residents)
@never_cache
@require_safe
def consent(request: PersonalRequest, version: str) -> HttpResponse:
    """The very words that the reader agreed to."""
    mine = consents_of(request.person).filter(version=version)
    if version not in EDITIONS or not mine.exists():
        raise Missing("cabinet.no_such_consent")
    return render(request, "cabinet/consent.html", {"clauses": EDITIONS[version], "given": mine})


def _memberships(person: Person) -> Sequence[Membership]:
    return [
        Membership(
            community=fact.community.name,
            basis=str(MembershipFact.Basis(fact.basis).label),
            since=fact.since,
            until=fact.until or fact.holds_until,
        )
        for fact in memberships_of(person)
    ]


def _jobs(person: Person) -> Sequence[Job]:
    held = RoleGrant.objects.filter(IN_FORCE, person=person).select_related("community", "organisation")
    return [
        Job(
            role=str(grant.get_role_display()),
            where=_where(grant),
            since=grant.granted_at,
            until=grant.until,
        )
        for grant in held.order_by("granted_at", "pk")
    ]


def _where(grant: RoleGrant) -> str:
    if grant.organisation is not None:
        return grant.organisation.name
    return grant.community.name if grant.community is not None else _("уся платформа")


def _ways(person: Person, community: Community, *, now: datetime) -> Sequence[WayIn]:
    """Those used before come first, the latest at the top."""
    used = SignIn.objects.filter(person=person).order_by("method").values("method").annotate(last=Max("started_at"))
    last = {each["method"]: each["last"] for each in used if each["method"] in set(Method)}
    offered = set(methods_of(community, now=now))
    shown = [method for method in METHOD_WORDS if method in last or method in offered]
    ways = [
        WayIn(title=_(METHOD_WORDS[method][0]), last_used=last.get(method), is_open=method in offered)
        for method in shown
    ]
    return sorted(ways, key=lambda way: -way.last_used.timestamp() if way.last_used else 0)
