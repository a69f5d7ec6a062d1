"""The guide of those who work with reports: a page of the platform, with this community's own terms in it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from edem.foundation.communities.charter_words import term_words
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.services.reports.charter import Moderation
from edem.services.reports.queries.advice import advice_in, charter_now
from edem.services.reports.rules.grounds import GROUNDS
from edem.services.reports.rules.results import RESULTS


@open_to(anyone)
@require_safe
def guide(request: CommunityRequest) -> HttpResponse:
    """Open to all: a contractor by a link has no account, and a resident may see how a report is worked on."""
    charter = charter_now(request.community, now=request.now)
    facts = {
        "charter": charter,
        "inform": term_words(charter.inform),
        "accept": term_words(charter.accept),
        "explain": term_words(charter.explain),
        "archive": term_words(charter.archive),
        "reopen": term_words(charter.reopen),
        "is_read_before": charter.moderation is Moderation.BEFORE,
        "results": list(RESULTS.values()),
        "grounds": [look.label for look in GROUNDS.values()],
        "advice": advice_in(request.community, now=request.now),
    }
    return render(request, "reports/guide.html", facts)
