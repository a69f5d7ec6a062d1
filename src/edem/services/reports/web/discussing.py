"""The conversation under a report: its pages, and the page where one writes."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.discussions.pages import conversation, writing
from edem.foundation.discussions.queries import glance_at
from edem.foundation.discussions.rules import Thread
from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to, residents
from edem.foundation.people.requests import CommunityRequest, PersonalRequest
from edem.kernel.errors import Missing
from edem.services.reports.queries.discussion import thread_of
from edem.services.reports.queries.reading import ReportPage, report_for


@open_to(anyone)
@kept(query=("page",), tags=("report:{report_id}",))
@require_safe
def comments(request: CommunityRequest, report_id: int) -> HttpResponse:
    return conversation(request, talked_of(request, report_id), addresses(report_id))


@open_to(residents)
@require_http_methods(["GET", "POST"])
def comment(request: PersonalRequest, report_id: int) -> HttpResponse:
    return writing(request, talked_of(request, report_id))


def talked_of(request: CommunityRequest, report_id: int) -> Thread:
    thread = thread_of(report_for(request.community, report_id, reader=request.person))
    if thread is None:
        raise Missing("report.missing")
    return thread


def glance_facts(page: ReportPage) -> dict[str, object]:
    """For the card."""
    thread = thread_of(page.report)
    return {"glance": glance_at(thread) if thread else None} | addresses(page.report.pk)


def addresses(report_id: int) -> dict[str, object]:
    return {
        "comments_url": reverse("reports:comments", args=[report_id]),
        "add_url": reverse("reports:comment", args=[report_id]),
    }
