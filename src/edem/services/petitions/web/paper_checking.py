"""The second clerk's pages: the scan beside the rows, strikes, sending back, and confirming."""

from io import BytesIO

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.files.rules import KINDS, Kind
from edem.foundation.identity.sealed_files import opened
from edem.foundation.people.access import open_to, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.services.petitions.actions.confirming_paper import confirm_sheet, return_sheet
from edem.services.petitions.actions.paper import note_scan_read
from edem.services.petitions.queries.paper import SheetPage, already_counted, scan_of, sheet_for
from edem.services.petitions.rules.paper import SheetState
from edem.services.petitions.web.paper import facts_of, page_of
from edem.services.petitions.web.paper_forms import ConfirmForm, ReturnForm
from edem.ui.refusals import refusals_shown_on


@open_to(staff.having(Role.CLERK))
@require_http_methods(["GET", "POST"])
def check(request: PersonalRequest, petition_id: int, sheet_id: int) -> HttpResponse:
    page = page_of(request, petition_id, sheet_id)
    if request.method == "GET" and SheetState(page.sheet.state) is not SheetState.HANDED_OVER:
        return redirect("petitions:paper_sheet", petition_id, sheet_id)
    form = ConfirmForm(request.POST or None, places=[row.place for row in page.rows])
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            confirm_sheet(page.sheet.pk, form.struck, by=request.person, now=request.now)
            return redirect("petitions:paper_sheet", petition_id, sheet_id)
    return render(request, "petitions/paper_check.html", check_facts(request, page, form), status=form.status)


def check_facts(request: PersonalRequest, page: SheetPage, form: ConfirmForm) -> dict[str, object]:
    already = already_counted(page.sheet.petition, page.lines, now=request.now)
    strikes = form.strike_fields()
    rows = [(line, strikes[line.place], line.place in already) for line in page.lines]
    is_picture = page.sheet.scan is not None and KINDS[Kind(page.sheet.scan.kind)].is_shown
    may_confirm = not (page.two_clerks and page.is_mine)
    return {**facts_of(page), "form": form, "rows": rows, "is_picture": is_picture, "may_confirm": may_confirm}


@open_to(staff.having(Role.CLERK))
@require_http_methods(["GET", "POST"])
def send_back(request: PersonalRequest, petition_id: int, sheet_id: int) -> HttpResponse:
    page = page_of(request, petition_id, sheet_id)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            return_sheet(page.sheet.pk, note=form.cleaned_data["note"], by=request.person, now=request.now)
            return redirect("petitions:paper_sheet", petition_id, sheet_id)
    return render(request, "petitions/paper_return.html", {**facts_of(page), "form": form}, status=form.status)


@open_to(staff.having(Role.CLERK, Role.AUDITOR))
@require_safe
def scan_content(request: PersonalRequest, petition_id: int, sheet_id: int) -> HttpResponseBase:
    """The scan itself, for those whose work it is; each look is written down."""
    sheet = sheet_for(request.community, petition_id, sheet_id)
    stored = scan_of(sheet)
    note_scan_read(sheet.pk, by=request.person, now=request.now)
    look = KINDS[Kind(stored.kind)]
    response = FileResponse(BytesIO(opened(stored)), filename=stored.name, content_type=look.content_type)
    # A browser's own PDF reader does not open inside a sandbox; a picture needs nothing but itself.
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'" + (
        "; sandbox" if look.is_shown else ""
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
