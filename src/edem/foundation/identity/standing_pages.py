"""Membership as a resident sees it: why they may or may not act, and what to bring where."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from edem.foundation.identity.explaining import explanation_of
from edem.foundation.identity.queries import may_act_in, standing_of
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest


@open_to(residents)
@never_cache
@require_safe
def why(request: PersonalRequest) -> HttpResponse:
    """«Чому я не можу підписати»; `age` is the least age of what the reader came from."""
    age = request.GET.get("age", "")
    age_from = int(age) if age.isdecimal() and age.isascii() else 0
    answer = may_act_in(request.person, request.community, now=request.now, age_from=age_from)
    facts = {
        "explanation": explanation_of(answer, request.community),
        "standing": standing_of(request.person, request.community, now=request.now),
    }
    return render(request, "identity/why.html", facts)
