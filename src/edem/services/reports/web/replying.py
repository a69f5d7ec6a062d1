"""The author answers what the organisation asked, or adds what they forgot."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.errors import NotAllowed
from edem.services.reports.actions.answering import reply_as_author
from edem.services.reports.queries.reading import report_page
from edem.services.reports.rules.words import TEXT_MOST
from edem.ui.forms import Form
from edem.ui.refusals import refusals_shown_on


class ReplyForm(Form):
    text = forms.CharField(label=_("Ваша відповідь"), max_length=TEXT_MOST, widget=forms.Textarea(attrs={"rows": 5}))


@open_to(residents)
@require_http_methods(["GET", "POST"])
def reply(request: PersonalRequest, report_id: int) -> HttpResponse:
    page = report_page(request.community, report_id, reader=request.person, now=request.now)
    if not page.is_author:
        raise NotAllowed("report.not_yours")
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            reply_as_author(report_id, form.cleaned_data["text"], by=request.person, now=request.now)
            return redirect("reports:card", report_id)
    asked = [each for each in page.answers if each.kind == "question"]
    facts = {"report": page.report, "form": form, "question": asked[-1] if asked else None}
    return render(request, "reports/reply.html", facts, status=form.status)
