"""The moderator's page «це те саме»: what lies near and is alike, one button for all that is ticked."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from edem.foundation.people.access import open_to, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.services.reports.actions.finding_twins import say_they_differ
from edem.services.reports.actions.joining import merge_reports
from edem.services.reports.queries.advice import advice_in
from edem.services.reports.queries.reading import report_for
from edem.services.reports.queries.similar import alike, as_new
from edem.services.reports.web.starting_shown import AlikeShown, alike_shown
from edem.ui.forms import Form, offer
from edem.ui.refusals import refusals_shown_on


class MergeForm(Form):
    others = forms.MultipleChoiceField(
        label=gettext_lazy("Що є тим самим"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Позначте хоча б одне повідомлення.")},
    )

    def __init__(self, *args: Any, found: list[AlikeShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "others", [(str(each.pk), f"{each.title} ({each.meta})") for each in found])


@open_to(staff.having(Role.MODERATOR))
@require_http_methods(["GET", "POST"])
def merge(request: PersonalRequest, report_id: int) -> HttpResponse:
    report = report_for(request.community, report_id, reader=request.person)
    found = [each for each in likes_of(request, report_id) if not each.is_closed]
    form = MergeForm(request.POST or None, found=found)
    if "differ" in request.POST:
        say_they_differ(report.pk, by=request.person, now=request.now)
        messages.success(request, _("Записано: це різні проблеми."))
        return redirect("reports:case", report.pk)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            others = [int(each) for each in form.cleaned_data["others"]]
            merge_reports(report.pk, others, by=request.person, now=request.now)
            messages.success(request, _("Об’єднано. Усі, кого це стосується, отримають новини один раз."))
            return redirect("reports:case", report.pk)
    advice = advice_in(request.community, now=request.now)
    facts = {"report": report, "found": found, "form": form, "advice": advice}
    return render(request, "reports/merge.html", facts, status=form.status)


def likes_of(request: PersonalRequest, report_id: int) -> list[AlikeShown]:
    """Those to be offered and those to be flagged: a moderator sees both."""
    report = report_for(request.community, report_id, reader=request.person)
    found = alike(request.community, as_new(report), now=report.published_at or request.now, besides=report.pk)
    together = report.incident_id
    return alike_shown([each for each in found if together is None or each.report.incident_id != together])
