"""«Вирішено? так / ні»: on the card, and from a letter without signing in; «ні» offers to open it again."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from edem.foundation.people.access import anyone, open_to, residents
from edem.foundation.people.requests import CommunityRequest, PersonalRequest
from edem.services.reports.actions.confirming import confirm_solution
from edem.services.reports.actions.reopening import reopen_report
from edem.services.reports.queries.reading import report_for, report_page
from edem.services.reports.queries.solved_links import asked_by
from edem.ui.forms import Form
from edem.ui.refusals import refusals_shown_on

YES, NO = "yes", "no"


class ReopenForm(Form):
    reason = forms.CharField(
        label=gettext_lazy("Що не так"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Це побачать усі й організація. Наприклад: «Яму засипали щебенем, він уже вимився»."),
    )


@open_to(anyone)
@require_http_methods(["GET", "POST"])
def answer_letter(request: CommunityRequest, token: str) -> HttpResponse:
    """Mail programs open links by themselves, so only what is sent answers: the button, or a first touch."""
    asked = asked_by(token, community_id=request.community.pk)
    report, said = asked.report, request.POST.get("solved") or request.GET.get("solved", "")
    said = said if said in {YES, NO} else ""
    if request.method == "POST" and said in {YES, NO}:
        confirm_solution(report.pk, by=asked.person, is_solved=said == YES, now=request.now)
        report.confirmed = said == YES
        return render(request, "reports/solved.html", {"report": report, "is_answered": True, "said": said})
    return render(request, "reports/solved.html", {"report": report, "is_answered": False, "said": said})


@open_to(residents)
@require_POST
def confirm(request: PersonalRequest, report_id: int) -> HttpResponse:
    report = report_for(request.community, report_id, reader=request.person)
    is_solved = request.POST.get("solved") == YES
    confirm_solution(report.pk, by=request.person, is_solved=is_solved, now=request.now)
    if is_solved:
        messages.success(request, _("Дякуємо! Рішення підтверджено."))
        return redirect("reports:card", report.pk)
    return redirect("reports:reopen", report.pk)


@open_to(residents)
@require_http_methods(["GET", "POST"])
def reopen(request: PersonalRequest, report_id: int) -> HttpResponse:
    """By its author: a closed one within twenty days is open again, an archived one goes straight back to work."""
    page = report_page(request.community, report_id, reader=request.person, now=request.now)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            reopen_report(report_id, by=request.person, reason=form.cleaned_data["reason"], now=request.now)
            messages.success(request, _("Повідомлення знову в роботі. Організацію вже попереджено."))
            return redirect("reports:card", report_id)
    return render(
        request, "reports/reopen.html", {"page": page, "report": page.report, "form": form}, status=form.status
    )
