"""Neighbours solve it themselves: propose, come along, report; the moderator agrees."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from edem.foundation.files.rules import IMAGES, KINDS
from edem.foundation.people.access import open_to, residents, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.services.reports.actions.ending_self_help import return_self_help, stop_self_help
from edem.services.reports.actions.self_help import (
    decide_self_help,
    join_self_help,
    leave_self_help,
    propose_self_help,
    report_self_help,
)
from edem.services.reports.queries.advice import advice_in
from edem.services.reports.queries.reading import report_for
from edem.services.reports.queries.self_help import self_help_shown
from edem.services.reports.rules.self_help import PLAN_MAX
from edem.ui.fields import FileField
from edem.ui.forms import Form
from edem.ui.refusals import refusals_shown_on

Ending = Callable[..., None]
ACCEPT = ",".join(sorted(KINDS[kind].content_type for kind in IMAGES))


class ProposeForm(Form):
    plan = forms.CharField(
        label=gettext_lazy("Що і як зробите"),
        max_length=PLAN_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Що купити, хто потрібен, скільки часу. Кожен побачить і зможе приєднатися."),
    )
    meets_at = forms.DateTimeField(
        label=gettext_lazy("Коли збираєтеся"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("За київським часом."),
    )


class DoneForm(Form):
    text = forms.CharField(
        label=gettext_lazy("Що зроблено"), max_length=PLAN_MAX, widget=forms.Textarea(attrs={"rows": 5})
    )
    photos = FileField(label=gettext_lazy("Фото після робіт"), accept=ACCEPT, max_count=8, required=False)


class DecideForm(Form):
    note = forms.CharField(
        label=gettext_lazy("Пояснення"), max_length=PLAN_MAX, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


@open_to(residents)
@require_http_methods(["GET", "POST"])
def self_help(request: PersonalRequest, report_id: int) -> HttpResponse:
    """The page where one takes it on, or reads who has and comes along."""
    report = report_for(request.community, report_id, reader=request.person)
    shown = self_help_shown(report, reader=request.person)
    form = ProposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        meets_at: datetime | None = form.cleaned_data["meets_at"]
        with refusals_shown_on(form):
            propose_self_help(
                report.pk, plan=form.cleaned_data["plan"], meets_at=meets_at, by=request.person, now=request.now
            )
            messages.success(request, _("Передали модераторові. Щойно погодить, напишемо всім, хто стежить."))
            return redirect("reports:card", report.pk)
    facts = {"report": report, "taken": shown, "form": form}
    return render(request, "reports/self_help.html", facts, status=form.status)


@open_to(residents)
@require_POST
def come_along(request: PersonalRequest, report_id: int) -> HttpResponse:
    report = report_for(request.community, report_id, reader=request.person)
    if request.POST.get("comes") == "no":
        leave_self_help(report.pk, by=request.person)
    else:
        join_self_help(report.pk, by=request.person, now=request.now)
        messages.success(request, _("Дякуємо! Сусіди бачать, що вас більше."))
    return redirect("reports:card", report.pk)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def done(request: PersonalRequest, report_id: int) -> HttpResponse:
    report = report_for(request.community, report_id, reader=request.person)
    form = DoneForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        typed: dict[str, Any] = form.cleaned_data
        with refusals_shown_on(form):
            report_self_help(report.pk, text=typed["text"], photos=typed["photos"], by=request.person, now=request.now)
            messages.success(request, _("Дякуємо! Модератор подивиться й закриє повідомлення."))
            return redirect("reports:card", report.pk)
    return render(request, "reports/self_help_done.html", {"report": report, "form": form}, status=form.status)


@open_to(staff.having(Role.MODERATOR))
@require_http_methods(["GET", "POST"])
def decide(request: PersonalRequest, report_id: int) -> HttpResponse:
    report = report_for(request.community, report_id, reader=request.person)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agrees = request.POST.get("agrees") == "yes"
        with refusals_shown_on(form):
            note = form.cleaned_data["note"]
            decide_self_help(report.pk, agrees=agrees, note=note, by=request.person, now=request.now)
            return redirect("reports:case", report.pk)
    advice = advice_in(request.community, now=request.now)
    shown = self_help_shown(report, reader=request.person)
    facts = {"report": report, "taken": shown, "form": form, "advice": advice}
    return render(request, "reports/self_help_decide.html", facts, status=form.status)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def stop(request: PersonalRequest, report_id: int) -> HttpResponse:
    """Whoever leads cannot go on."""
    return _ended(request, report_id, stop_self_help, to="reports:card")


@open_to(staff.having(Role.MODERATOR))
@require_http_methods(["GET", "POST"])
def end(request: PersonalRequest, report_id: int) -> HttpResponse:
    """The moderator: not done yet, or nothing will come of it."""
    take = return_self_help if request.POST.get("what") == "return" else stop_self_help
    return _ended(request, report_id, take, to="reports:case")


def _ended(request: PersonalRequest, report_id: int, take: Ending, *, to: str) -> HttpResponse:
    report = report_for(request.community, report_id, reader=request.person)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            take(report.pk, reason=form.cleaned_data["note"], by=request.person, now=request.now)
            return redirect(to, report.pk)
    shown = self_help_shown(report, reader=request.person)
    advice, is_moderator = advice_in(request.community, now=request.now), to == "reports:case"
    facts = {"report": report, "taken": shown, "form": form, "is_moderator": is_moderator, "advice": advice}
    return render(request, "reports/self_help_end.html", facts, status=form.status)
