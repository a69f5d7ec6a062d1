"""The working calendar of the country, changed act by act; every former version stays."""

from collections.abc import Callable
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.people.access import open_to
from edem.foundation.places.actions import change_calendar
from edem.foundation.places.calendar_changes import without_transfer
from edem.foundation.places.queries import calendar_versions, working_calendar
from edem.kernel.deadlines import Holiday, WorkingCalendar, kyiv_day
from edem.kernel.errors import Missing
from edem.portals.operator.acting import OPERATORS, OperatorRequest, done, pen_of, posted
from edem.portals.operator.platform_forms import (
    CalendarForm,
    HolidayEndForm,
    HolidayForm,
    MartialLawEndForm,
    MartialLawStartForm,
    TransferForm,
)
from edem.ui.refusals import refusals_shown_on

LOOKS_AHEAD = 120
VERSIONS = 20


@open_to(OPERATORS)
@require_safe
def calendar(request: OperatorRequest) -> HttpResponse:
    present, today = working_calendar(request.now), kyiv_day(request.now)
    page = {
        "calendar": present,
        "martial_law": present.martial_law[-1] if present.martial_law else None,
        "is_martial": present.is_martial(today),
        "holidays": holidays_of(present, today),
        "days_off": days_off(present, today),
        "versions": calendar_versions(request.now)[:VERSIONS],
    }
    return render(request, "operator/calendar.html", page)


@open_to(OPERATORS)
@require_http_methods(["GET", "POST"])
def transfer(request: OperatorRequest) -> HttpResponse:
    return changed(request, TransferForm(posted(request)), title=_("Перенести робочий день"))


@open_to(OPERATORS)
@require_http_methods(["GET", "POST"])
def transfer_away(request: OperatorRequest, off: date) -> HttpResponse:
    """Whoever takes an order of the Cabinet back says by which act."""
    form = CalendarForm(posted(request))
    form.change = lambda: without_transfer(off)  # type: ignore[method-assign]
    return changed(request, form, title=_("Скасувати перенесення"))


@open_to(OPERATORS)
@require_http_methods(["GET", "POST"])
def holiday(request: OperatorRequest) -> HttpResponse:
    return changed(request, HolidayForm(posted(request)), title=_("Додати свято"))


@open_to(OPERATORS)
@require_http_methods(["GET", "POST"])
def holiday_end(request: OperatorRequest, place: int) -> HttpResponse:
    known = working_calendar(request.now).holidays
    if place >= len(known):
        raise Missing("calendar.no_such_holiday")
    title = _("Скасувати свято: %(title)s") % {"title": _(known[place].title)}
    return changed(request, HolidayEndForm(posted(request), place=place), title=title)


@open_to(OPERATORS)
@require_http_methods(["GET", "POST"])
def martial_law(request: OperatorRequest) -> HttpResponse:
    """While it lasts its end may be set; once it has ended it may begin again."""
    present = working_calendar(request.now).martial_law
    has_ended = not present or (present[-1].until is not None and present[-1].until < kyiv_day(request.now))
    make: Callable[..., CalendarForm] = MartialLawStartForm if has_ended else MartialLawEndForm
    initial = {} if has_ended else {"until": present[-1].until}
    return changed(request, make(posted(request), initial=initial), title=_("Воєнний стан"))


def changed(request: OperatorRequest, form: CalendarForm, *, title: str) -> HttpResponse:
    if form.is_valid():
        with refusals_shown_on(form):
            reason = form.cleaned_data["reason"]
            change_calendar(form.change(), reason=reason, record=pen_of(request), now=request.now)
            return done(request, _("Календар змінено. Початі строки лишаються як були."), "platform:calendar")
    return render(request, "operator/calendar_change.html", {"form": form, "title": title}, status=form.status)


def holidays_of(present: WorkingCalendar, today: date) -> list[tuple[int, Holiday, date | None]]:
    """Each holiday still kept, by its place in the calendar, with its day this year."""
    kept = enumerate(present.holidays)
    return [
        (place, each, each.in_year(today.year)) for place, each in kept if not each.until or each.until >= today.year
    ]


def days_off(present: WorkingCalendar, today: date) -> list[date]:
    """Weekdays off in the months to come: what the operator looks at after a change."""
    days = (today + timedelta(days=distance) for distance in range(LOOKS_AHEAD))
    return [day for day in days if day.weekday() not in present.weekend and not present.is_working(day)]
