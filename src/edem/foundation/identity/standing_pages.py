"""Membership as a resident sees it: why they may or may not act, and what to bring where."""

from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from edem.foundation.identity.errors import ProviderFault
from edem.foundation.identity.explaining import basis_words, contacts_of, explanation_of, ways_to_prove
from edem.foundation.identity.membership.asking import ask_register, may_ask_register
from edem.foundation.identity.queries import may_act_in, standing_of
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest


@open_to(residents)
@never_cache
@require_safe
def why(request: PersonalRequest) -> HttpResponse:
    """«Чому я можу, чому ні»; `age` is the least age of what the reader came from."""
    age = request.GET.get("age", "")
    age_from = int(age) if age.isdecimal() and age.isascii() else 0
    answer = may_act_in(request.person, request.community, now=request.now, age_from=age_from)
    standing = standing_of(request.person, request.community, now=request.now)
    facts = {
        "explanation": explanation_of(answer, request.community),
        "standing": standing,
        "basis": basis_words(standing),
        "last_day": standing.holds_until - timedelta(seconds=1) if standing.holds_until else None,
        "ways": [] if standing.is_member else ways_to_prove(request.community, now=request.now),
        "contacts": contacts_of(request.community),
        "may_ask": not standing.is_member and may_ask_register(request.person, request.community, now=request.now),
        "register": request.GET.get("register", ""),
    }
    return render(request, "identity/why.html", facts)


@open_to(residents)
@never_cache
@require_POST
def ask(request: PersonalRequest) -> HttpResponse:
    """The resident has the register asked about themselves."""
    try:
        outcome: str = ask_register(request.person.pk, community_id=request.community.pk, by=None, now=request.now)
    except ProviderFault as silence:
        outcome = silence.code.removeprefix("identity.")
    return redirect(f"{reverse('identity:why')}?{urlencode({'register': outcome})}")
