"""Weekly and monthly reports: those published, and any period on demand; as a page, PDF, XLSX, CSV and JSON."""

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from edem.foundation.files.queries import address_of_file
from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.kernel.deadlines import kyiv_day
from edem.kernel.errors import Invalid, Missing
from edem.services.reports.queries.period_papers import pdf_of, workbook_of
from edem.services.reports.queries.period_reports import period_report, period_reports, told_of
from edem.services.reports.queries.periods import period_told
from edem.services.reports.rules.period_told import PeriodTold
from edem.services.reports.rules.periods import Period, Span, check_may_ask, last_ended, month_of
from edem.services.reports.web.period_files import FileKind, file_of, stem_of
from edem.services.reports.web.period_shown import page_of
from edem.ui.fields import DateField
from edem.ui.forms import Form
from edem.ui.pagination.long_lists import LongPaginator
from edem.ui.refusals import refusals_shown_on

PARAMETERS: Final = ("first", "last")
_PAGE: Final = 30


def period_tags(request: HttpRequest, **_arguments: object) -> list[str]:
    community = getattr(request, "community", None)
    return [f"reports:{community.pk}"] if community else []


class PeriodForm(Form):
    first = DateField(label=gettext_lazy("Від"))
    last = DateField(label=gettext_lazy("До"))

    def clean(self) -> dict[str, object]:
        """Days turned round are put in order."""
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if isinstance(first, date) and isinstance(last, date) and first > last:
            found |= {"first": last, "last": first}
        return found

    def period(self) -> Period:
        return Period(first=self.cleaned_data["first"], last=self.cleaned_data["last"])


@open_to(anyone)
@require_safe
def period_list(request: CommunityRequest) -> HttpResponse:
    """Those published, the newest first, and the way to any other."""
    page = LongPaginator(period_reports(request.community), _PAGE).get_page(request.GET.get("page", "")[:6])
    facts = {"page": page, "form": PeriodForm(initial=this_month(request)), "month": this_month(request)}
    return render(request, "reports/periods.html", facts)


def this_month(request: CommunityRequest) -> dict[str, date]:
    today = kyiv_day(request.now)
    return {"first": month_of(today).first, "last": today}


@open_to(anyone)
@kept(query=PARAMETERS, tags=period_tags)
@require_safe
def any_period(request: CommunityRequest) -> HttpResponse:
    """Counted now; without days in the address, the last whole week."""
    if not request.GET.get("first") and not request.GET.get("last"):
        week = last_ended(Span.WEEK, request.now)
        return redirect(f"{request.path}?first={week.first}&last={week.last}")
    form = PeriodForm(request.GET)
    if form.is_valid():
        with refusals_shown_on(form):
            check_may_ask(form.period(), request.now)
            told = period_told(request.community, form.period(), now=request.now)
            facts = {
                **page_of(told),
                "made": None,
                "form": form,
                "query": f"?first={told.period.first}&last={told.period.last}",
            }
            return render(request, "reports/period.html", facts)
    return render(request, "reports/period_asked.html", {"form": form}, status=form.status)


@open_to(anyone)
@kept(query=PARAMETERS, tags=period_tags)
@require_safe
def any_period_file(request: CommunityRequest, kind: str) -> HttpResponse:
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise Invalid("report.period_unreadable")
    check_may_ask(form.period(), request.now)
    told = period_told(request.community, form.period(), now=request.now)
    return answered(request, told, kind)


@open_to(anyone)
@require_safe
def made_period(request: CommunityRequest, span: str, first: str) -> HttpResponse:
    made = period_report(request.community, span, first)
    files = {"pdf_url": address_of_file(made.pdf), "xlsx_url": address_of_file(made.xlsx)}
    return render(request, "reports/period.html", {**page_of(told_of(made)), **files, "made": made})


@open_to(anyone)
@require_safe
def made_period_file(request: CommunityRequest, span: str, first: str, kind: str) -> HttpResponse:
    """As data; the papers are the very files that were published."""
    made = period_report(request.community, span, first)
    if kind in {FileKind.PDF, FileKind.XLSX}:
        return redirect(address_of_file(made.pdf if kind == FileKind.PDF else made.xlsx))
    return answered(request, told_of(made), kind)


def answered(request: CommunityRequest, told: PeriodTold, kind: str) -> HttpResponse:
    if kind == FileKind.PDF:
        content = pdf_of(told, request.community, now=request.now)
    elif kind == FileKind.XLSX:
        content = workbook_of(told)
    elif kind in {FileKind.CSV, FileKind.JSON}:
        content = file_of(told, FileKind(kind))
    else:
        raise Missing("report.period_missing")
    return attached(content, FileKind(kind), name=f"{request.community.slug}-{stem_of(told)}.{kind}")


def attached(content: bytes, kind: FileKind, *, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
