"""Passing a report on: its address, links to networks, a sheet with a QR code, the picture that networks show."""

import hashlib

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.services.reports.queries.share_picture import drawn, picture_of
from edem.services.reports.queries.sharing import address_of, links_of, poster_pdf, report_to_share


@open_to(anyone)
@kept(tags=("report:{report_id}",))
@require_safe
def share(request: CommunityRequest, report_id: int) -> HttpResponse:
    report = report_to_share(request.community, report_id)
    facts = {"report": report, "address": address_of(report), "links": links_of(report)}
    return render(request, "reports/share.html", facts)


@open_to(anyone)
@require_safe
def poster(request: CommunityRequest, report_id: int) -> HttpResponse:
    pdf = poster_pdf(report_to_share(request.community, report_id), now=request.now)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="report-{report_id}.pdf"'
    return response


@open_to(anyone)
@require_safe
def picture(request: CommunityRequest, report_id: int) -> HttpResponseBase:
    content = drawn(picture_of(report_to_share(request.community, report_id)))
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="image/png")
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=600"
    return get_conditional_response(request, etag=etag, response=response) or response
