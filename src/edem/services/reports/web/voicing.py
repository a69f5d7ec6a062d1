"""«Мене теж це стосується»: from the card, from a new report that turned out to be known, and back again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.intake.acts import take_one
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.services.reports.actions.joining import join_with_draft
from edem.services.reports.actions.voicing import add_voices, voice_of, withdraw_voice
from edem.services.reports.queries.drafts import named, writing_of
from edem.services.reports.queries.reading import report_for
from edem.services.reports.queries.similar import New, alike, to_offer
from edem.services.reports.queries.voices import has_joined
from edem.services.reports.rules.suggesting import suggested
from edem.services.reports.web.starting_shown import alike_shown
from edem.ui.forms import Form
from edem.ui.refusals import refusals_shown_on


@open_to(residents)
@require_http_methods(["GET", "POST"])
def join(request: PersonalRequest, report_id: int) -> HttpResponse:
    """A visitor comes here through the sign-in and presses once more; a reader of the card sends it at once."""
    report = report_for(request.community, report_id, reader=request.person)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            take_one(add_voices, voice_of(request.person, report, now=request.now))
            messages.success(request, _("Ваш голос додано. Напишемо, щойно буде новина."))
            return redirect("reports:card", report.pk)
    facts = {"report": report, "form": form, "has_joined": has_joined(request.person, report)}
    return render(request, "reports/join.html", facts, status=form.status)


@open_to(residents)
@require_POST
def leave(request: PersonalRequest, report_id: int) -> HttpResponse:
    withdraw_voice(report_for(request.community, report_id, reader=request.person).pk, by=request.person)
    messages.success(request, _("Ваш голос відкликано."))
    return redirect("reports:card", report_id)


@open_to(residents)
@require_POST
def join_instead(request: PersonalRequest, draft_id: UUID, report_id: int) -> HttpResponse:
    """«Це воно»: the draft ends as a voice and its photos."""
    report = report_for(request.community, report_id, reader=request.person)
    join_with_draft(draft_id, voice_of(request.person, report, now=request.now), by=request.person, now=request.now)
    messages.success(request, _("Ви приєдналися. Фото додано, новини прийдуть і вам."))
    return redirect("reports:card", report.pk)


@open_to(residents)
@require_safe
def hints(request: PersonalRequest, draft_id: UUID) -> HttpResponse:
    """A fragment for the form, while one types: what near is perhaps the same thing."""
    typed = writing_of(request.community, draft_id, author=request.person).typed
    text = request.GET.get("q", "")[:500]
    new = New(
        point=typed.point,
        accuracy_m=typed.accuracy_m,
        categories=typed.categories or suggested(text, named(request.community)),
        text=text,
    )
    found = to_offer(alike(request.community, new, now=request.now))
    return render(request, "reports/start_alike.html", {"alike": alike_shown(found), "draft": None})
