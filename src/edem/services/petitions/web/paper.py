"""The clerks' pages about paper sheets: find the petition, open a sheet, scan it, enter its rows, hand it over."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.people.access import open_to, staff
from edem.foundation.people.queries import roles_of
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.kernel.deadlines import kyiv_day
from edem.kernel.errors import Missing
from edem.services.petitions.actions.paper import attach_scan, discard_sheet, fill_sheet, hand_sheet_over, open_sheet
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.queries.pages import petition_for, progress_of
from edem.services.petitions.queries.paper import (
    SheetPage,
    already_counted,
    faults_on,
    lines_on,
    next_number,
    petition_numbered,
    settlements_in,
    sheet_for,
    sheet_page,
    sheet_rows,
    sheets_of,
    sheets_waiting,
)
from edem.services.petitions.rules.collecting import is_signable
from edem.services.petitions.rules.paper import IN_WORK, MOST_ROWS, OUTCOME_LABELS, SHEET_LOOKS, Outcome, SheetState
from edem.services.petitions.rules.paper_reading import read_lines
from edem.services.petitions.web.paper_forms import MORE_ROWS, FindForm, RowsForm, ScanForm, SheetForm, rows_asked
from edem.ui.answers.answers import Answer
from edem.ui.forms import Form
from edem.ui.refusals import refusals_shown_on
from edem.ui.words import day, moment

READERS = (
    *(Role.CLERK, Role.OFFICER, Role.MAYOR, Role.MODERATOR),
    *(Role.CONTROL, Role.AUDITOR, Role.COMMUNITY_ADMIN),
)
"""Who reads sheets; only clerks change them."""


@open_to(staff.having(*READERS))
@require_safe
def waiting(request: PersonalRequest) -> HttpResponse:
    """All sheets in hand, and the way from a paper's number to its petition."""
    form = FindForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        with refusals_shown_on(form):
            return redirect("petitions:paper", petition_numbered(request.community, form.cleaned_data["number"]))
    sheets = sheet_rows(sheets_waiting(request.community), now=request.now)
    facts = {"form": form, "sheets": sheets, "is_clerk": is_clerk(request)}
    return render(request, "petitions/paper_waiting.html", facts, status=form.status)


@open_to(staff.having(*READERS))
@require_http_methods(["GET", "POST"])
def sheets(request: PersonalRequest, petition_id: int) -> HttpResponse:
    """The petition's sheets; the QR code of a printed sheet leads here."""
    petition = petition_for(request.community, petition_id, reader=request.person)
    initial = {"number": next_number(petition), "received_on": kyiv_day(request.now)}
    form = SheetForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        number, received_on, scan = typed["number"], typed["received_on"], next(iter(typed["scan"]), None)
        with refusals_shown_on(form):
            sheet_id = open_sheet(
                petition.pk, number=number, received_on=received_on, scan=scan, by=request.person, now=request.now
            )
            return redirect("petitions:paper_rows", petition.pk, sheet_id)
    facts = {
        "petition": petition,
        "sheets": sheet_rows(sheets_of(petition), now=request.now),
        "form": form,
        "may_open": is_clerk(request) and takes_paper(request, petition_id),
    }
    return render(request, "petitions/paper_sheets.html", facts, status=form.status)


@open_to(staff.having(*READERS))
@require_safe
def sheet(request: PersonalRequest, petition_id: int, sheet_id: int) -> HttpResponse:
    """One sheet: who did what with it, what became of its rows, and what waits for the reader."""
    page = page_of(request, petition_id, sheet_id)
    return render(
        request, "petitions/paper_sheet.html", {**facts_of(page), **told_of(page), **rights_of(request, page)}
    )


@open_to(staff.having(Role.CLERK))
@require_http_methods(["GET", "POST"])
def rows(request: PersonalRequest, petition_id: int, sheet_id: int) -> HttpResponse:
    """Enter a sheet: every press of a button keeps all the rows, whatever is wrong with them."""
    page = page_of(request, petition_id, sheet_id)
    if SheetState(page.sheet.state) not in IN_WORK:
        return redirect("petitions:paper_sheet", petition_id, sheet_id)
    filled = max((line.place for line in page.lines), default=0)
    if request.method == "POST":
        return rows_sent(request, page)
    form = RowsForm(count=rows_asked(request.GET.get("rows"), filled=filled), lines=page.lines)
    return rows_page(request, page, form)


def rows_sent(request: PersonalRequest, page: SheetPage) -> HttpResponse:
    sheet, then = page.sheet, request.POST.get("then", "")
    form = RowsForm(request.POST, count=rows_asked(request.POST.get("rows"), filled=0))
    if form.is_valid():
        settlements = settlements_in(request.community)
        lines = read_lines(form.typed, settlements=settlements, received_on=sheet.received_on)
        lines += [line for line in page.lines if line.place > form.count]  # an old tab knows nothing of later rows
        with refusals_shown_on(form):
            fill_sheet(sheet.pk, lines, by=request.person, now=request.now)
            if then == "hand_over":
                hand_sheet_over(sheet.pk, by=request.person, now=request.now)
        if form.is_valid():
            return led_on(request, page, then=then, count=form.count)
        form.show(faults_on(sheet))
    return rows_page(request, page, form)


def led_on(request: PersonalRequest, page: SheetPage, *, then: str, count: int) -> HttpResponse:
    sheet = page.sheet
    if then == "hand_over":
        return redirect("petitions:paper_sheet", sheet.petition_id, sheet.pk)
    messages.success(request, _("Чернетку збережено."))
    wanted = min(count + MORE_ROWS if then == "more" else count, MOST_ROWS)
    return redirect(f"{reverse('petitions:paper_rows', args=[sheet.petition_id, sheet.pk])}?rows={wanted}")


def rows_page(request: PersonalRequest, page: SheetPage, form: RowsForm) -> HttpResponse:
    already = already_counted(page.sheet.petition, lines_on(page.sheet), now=request.now)
    facts = {
        **facts_of(page),
        "form": form,
        "rows": form.shown(faults_on(page.sheet), already),
        "settlements": settlements_in(request.community),
        "has_room": form.count < MOST_ROWS,
    }
    return render(request, "petitions/paper_rows.html", facts, status=form.status)


@open_to(staff.having(Role.CLERK))
@require_http_methods(["GET", "POST"])
def scan(request: PersonalRequest, petition_id: int, sheet_id: int) -> HttpResponse:
    page = page_of(request, petition_id, sheet_id)
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            [upload] = form.cleaned_data["scan"]
            attach_scan(page.sheet.pk, upload, by=request.person, now=request.now)
            return redirect("petitions:paper_rows", petition_id, sheet_id)
    return render(request, "petitions/paper_scan.html", {**facts_of(page), "form": form}, status=form.status)


@open_to(staff.having(Role.CLERK))
@require_http_methods(["GET", "POST"])
def discard(request: PersonalRequest, petition_id: int, sheet_id: int) -> HttpResponse:
    page = page_of(request, petition_id, sheet_id)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            discard_sheet(page.sheet.pk, by=request.person, now=request.now)
            return redirect("petitions:paper", petition_id)
    return render(request, "petitions/paper_discard.html", {**facts_of(page), "form": form}, status=form.status)


def page_of(request: PersonalRequest, petition_id: int, sheet_id: int) -> SheetPage:
    found = sheet_for(request.community, petition_id, sheet_id)
    if SheetState(found.state) is SheetState.DISCARDED:
        raise Missing("petition.no_such_sheet")
    return sheet_page(found, reader=request.person, now=request.now)


def facts_of(page: SheetPage) -> Mapping[str, object]:
    return {"page": page, "sheet": page.sheet, "petition": page.sheet.petition}


def told_of(page: SheetPage) -> Mapping[str, object]:
    """What became of each row, and who did what when."""
    sheet = page.sheet
    outcomes = [(row, _(OUTCOME_LABELS[Outcome(row.outcome)]) if row.outcome else "") for row in page.rows]
    done = (
        (_("Почато внесення"), sheet.opened_at, None),
        (_("Надійшов скан"), sheet.scanned_at, None),
        (_("Передано на підтвердження"), sheet.handed_over_at, None),
        (_("Підтверджено"), sheet.confirmed_at, sheet.confirmed_by),
    )
    story = [Answer(question=_("Отримано в ЦНАП"), answer=day(sheet.received_on))]
    story += [Answer(question=_("Вносили"), answer=", ".join(page.entered_by))]
    story += [
        Answer(question=what, answer=" · ".join(filter(None, (moment(at), who.display_name if who else ""))))
        for what, at, who in done
        if at
    ]
    return {"outcomes": outcomes, "story": story, "look": SHEET_LOOKS[SheetState(sheet.state)]}


def rights_of(request: PersonalRequest, page: SheetPage) -> Mapping[str, object]:
    held, state = roles_of(request.person.pk, request.community.pk), SheetState(page.sheet.state)
    return {
        "is_clerk": Role.CLERK in held,
        "is_in_work": state in IN_WORK,
        "is_waiting": state is SheetState.HANDED_OVER,
        "may_confirm": not (page.two_clerks and page.is_mine),
        "reads_scan": not held.isdisjoint({Role.CLERK, Role.AUDITOR}),
    }


def is_clerk(request: PersonalRequest) -> bool:
    return Role.CLERK in roles_of(request.person.pk, request.community.pk)


def takes_paper(request: PersonalRequest, petition_id: int) -> bool:
    petition = petition_for(request.community, petition_id, reader=request.person)
    return charter_of(petition).paper_signatures and is_signable(progress_of(petition), request.now)
