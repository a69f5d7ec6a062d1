"""Bringing reports over: a file arrives, its columns are settled, everything is tried, then it is carried over."""

from datetime import timedelta
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from edem.foundation.communities.models import Community
from edem.foundation.people.access import open_to, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.services.reports.actions.import_uploads import ask_to_carry, keep_settled, keep_upload, pulled
from edem.services.reports.actions.importing import Ways, import_reports
from edem.services.reports.queries.categories import categories_offered
from edem.services.reports.queries.importing import (
    LISTED,
    file_of,
    ground_of,
    import_waiting,
    imports_of,
    settled_before,
    settled_from,
)
from edem.services.reports.rules.importing.planning import Plan, planned
from edem.services.reports.rules.importing.sheets import Sheet, read_sheet
from edem.services.reports.web.import_faults import kinds_of
from edem.services.reports.web.import_forms import SettleForm, UploadForm, initial_of
from edem.ui.refusals import refusals_shown_on, sentence_of

KEEPERS: Final = (Role.COMMUNITY_ADMIN, Role.OFFICER)
YEAR: Final = timedelta(days=365)
FAULTS_SHOWN: Final = 100
SAMPLE: Final = 3
AT_ONCE: Final = 1_000


@open_to(staff.having(*KEEPERS))
@require_http_methods(["GET", "POST"])
def imports(request: PersonalRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            return redirect("reports:import_settle", _kept(request, form))
    facts = {"form": form, "imports": imports_of(request.community)[:LISTED]}
    return render(request, "reports/imports.html", facts, status=form.status)


@open_to(staff.having(*KEEPERS))
@require_http_methods(["GET", "POST"])
def settle(request: PersonalRequest, import_id: int) -> HttpResponse:
    upload = import_waiting(request.community, import_id)
    sheet = read_sheet(file_of(upload))
    known = settled_from(upload.settled) if upload.settled else settled_before(
        request.community, upload.source, sheet.columns
    )  # fmt: skip
    form = SettleForm(
        request.POST or None,
        columns=sheet.columns,
        sample=sheet.lines[0].cells if sheet.lines else {},
        categories=[(each.code, f"{each.code}. {each.title}") for each in categories_offered(request.community)],
        initial=initial_of(known),
    )
    plan = None
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            settled, typed = form.settled(), form.cleaned_data
            keep_settled(upload, settled)
            plan = planned(sheet, settled, ground_of(request.community, anywhere=typed["anywhere"]), now=request.now)
            if "carry" in request.POST:
                _carry(request, upload, plan, typed)
                return redirect("reports:imports")
    facts = _shown(request.community, upload, form, sheet, plan)
    return render(request, "reports/import_settle.html", facts, status=form.status)


def _carry(request: PersonalRequest, upload: Any, plan: Plan, typed: dict[str, Any]) -> None:
    """A long file is carried over by a job; what would be refused is refused before it is asked for."""
    ways = Ways(partial=typed["partial"], hand_out=typed["hand_out"])
    if len(plan.reports) > AT_ONCE and (ways.partial or not plan.faults):
        ask_to_carry(upload, ways, anywhere=typed["anywhere"], by=request.person, now=request.now)
        return
    import_reports(
        request.community, plan, source=upload.source, ways=ways, by=request.person, now=request.now, upload=upload
    )


def _kept(request: PersonalRequest, form: UploadForm) -> int:
    upload, typed = form.upload, form.cleaned_data
    content = upload.read() if upload else pulled(typed["url"], since=request.now - YEAR, now=request.now)
    name = (upload.name if upload else typed["url"]) or ""
    kept = keep_upload(
        request.community, content, source=typed["source"], file_name=name, by=request.person, now=request.now
    )
    return kept.pk


def _shown(
    community: Community, upload: object, form: SettleForm, sheet: Sheet, plan: Plan | None
) -> dict[str, object]:
    titles = {each.code: each.title for each in categories_offered(community)}
    faults = [(fault.line, sentence_of(fault.refusal)) for fault in plan.faults[:FAULTS_SHOWN]] if plan else []
    return {
        "upload": upload,
        "form": form,
        "columns": sheet.columns,
        "sample": [[line.cells.get(name, "")[:80] for name in sheet.columns] for line in sheet.lines[:SAMPLE]],
        "lines": len(sheet.lines) + len(sheet.faults),
        "encoding": sheet.encoding,
        "plan": plan,
        "good": len(plan.reports) if plan else 0,
        "bad": len(plan.faults) if plan else 0,
        "faults": faults,
        "kinds": kinds_of(plan.faults) if plan else [],
        "first": [(each, titles.get(each.category, each.category)) for each in plan.reports[:SAMPLE]] if plan else [],
        "is_cut": plan is not None and len(plan.faults) > FAULTS_SHOWN,
    }
