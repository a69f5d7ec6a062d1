"""Statistics of petitions: figures, charts with their tables, and the same as CSV and JSON."""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Final

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.kernel.deadlines import kyiv_day
from edem.services.petitions.queries.statistics import Statistics, first_year, lines_of, statistics_of
from edem.services.petitions.rules.statistics import COLUMNS, Period
from edem.services.petitions.web.listing import list_tags
from edem.services.petitions.web.statistics_shown import charts_of, tables_of
from edem.ui.forms import Form, offer

PARAMETERS: Final = ("first", "last")
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


class PeriodForm(Form):
    first = forms.ChoiceField(label=gettext_lazy("Від року"), required=False)
    last = forms.ChoiceField(label=gettext_lazy("До року"), required=False)

    def __init__(self, *args: object, years: Sequence[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.years = years
        for name in PARAMETERS:
            offer(self, name, [(str(year), str(year)) for year in years])

    def period(self) -> Period:
        """What can be read of the years; an order turned round is mended."""
        self.is_valid()
        first = int(self.cleaned_data.get("first") or self.years[0])
        last = int(self.cleaned_data.get("last") or self.years[-1])
        return Period(first=min(first, last), last=max(first, last))


@open_to(anyone)
@kept(query=PARAMETERS, tags=list_tags)
@require_safe
def statistics(request: CommunityRequest) -> HttpResponse:
    form = period_form(request)
    period = form.period()
    found = statistics_of(request.community, period, now=request.now)
    whole = found.whole
    facts = {
        "form": PeriodForm({"first": str(period.first), "last": str(period.last)}, years=form.years),
        "period": period,
        "whole": whole,
        "supported": whole.supported + whole.partly,
        "charts": charts_of(found),
        "tables": tables_of(found),
        "as_of": request.now,
        "query": f"?first={period.first}&last={period.last}",
    }
    return render(request, "petitions/statistics.html", facts)


@open_to(anyone)
@kept(query=PARAMETERS, tags=list_tags)
@require_safe
def statistics_json(request: CommunityRequest) -> HttpResponse:
    found = asked(request)
    told = {
        "first": found.period.first,
        "last": found.period.last,
        "as_of": request.now,
        "lines": list(lines_of(found)),
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@open_to(anyone)
@kept(query=PARAMETERS, tags=list_tags)
@require_safe
def statistics_csv(request: CommunityRequest) -> HttpResponse:
    """With a byte-order mark: without it spreadsheets misread Ukrainian letters."""
    file = StringIO("\ufeff")
    file.seek(0, 2)
    lines = csv.DictWriter(file, COLUMNS)
    lines.writeheader()
    lines.writerows({name: plain(cell) for name, cell in line.items()} for line in lines_of(asked(request)))
    response = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{request.community.slug}-petition-statistics.csv"'
    return response


def asked(request: CommunityRequest) -> Statistics:
    return statistics_of(request.community, period_form(request).period(), now=request.now)


def period_form(request: CommunityRequest) -> PeriodForm:
    this_year = kyiv_day(request.now).year
    oldest = first_year(request.community) or this_year
    return PeriodForm(request.GET, years=range(min(oldest, this_year), this_year + 1))


def plain(cell: object) -> object:
    """A text that a spreadsheet would take for a formula is marked as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS) else cell
