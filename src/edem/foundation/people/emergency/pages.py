"""The public page: how often the glass was broken, for how long, and what the review found. No names."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.emergency.queries import figures_of
from edem.foundation.people.emergency.rules import LONGEST
from edem.foundation.people.requests import CommunityRequest


@open_to(anyone)
@require_safe
def figures(request: CommunityRequest) -> HttpResponse:
    years = figures_of(request.community.pk, now=request.now)
    facts = {"years": years, "longest": int(LONGEST.total_seconds() // 3600)}
    return render(request, "people/emergency_figures.html", facts)
