"""The organisation's own words for its answers."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.communities.models import Organisation
from edem.foundation.people.access import open_to, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.kernel.errors import Missing, NotAllowed
from edem.services.reports.actions.templating import remove_template, save_template
from edem.services.reports.queries.advice import advice_in
from edem.services.reports.queries.cases import own_organisations, templates_of
from edem.services.reports.web.organisation_forms import TemplateForm
from edem.ui.refusals import refusals_shown_on


@open_to(staff.having(Role.WORKER, Role.HEAD))
@require_safe
def templates(request: PersonalRequest, organisation_id: int) -> HttpResponse:
    organisation = _own(request, organisation_id)
    facts = {"organisation": organisation, "templates": templates_of(organisation.pk)} | _advised(request)
    return render(request, "reports/answer_templates.html", facts)


@open_to(staff.having(Role.WORKER, Role.HEAD))
@require_http_methods(["GET", "POST"])
def template(request: PersonalRequest, organisation_id: int, template_id: int | None = None) -> HttpResponse:
    organisation = _own(request, organisation_id)
    known = next((each for each in templates_of(organisation.pk) if each.pk == template_id), None)
    if template_id is not None and known is None:
        raise Missing("report.template_missing")
    initial = {"title": known.title, "text": known.text} if known else {}
    form = TemplateForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            typed = form.cleaned_data
            save_template(
                organisation, template_id, title=typed["title"], text=typed["text"], by=request.person, now=request.now
            )
            return redirect("reports:answer_templates", organisation.pk)
    facts = {"organisation": organisation, "form": form, "known": known} | _advised(request)
    return render(request, "reports/answer_template.html", facts, status=form.status)


@open_to(staff.having(Role.WORKER, Role.HEAD))
@require_POST
def remove(request: PersonalRequest, organisation_id: int, template_id: int) -> HttpResponse:
    organisation = _own(request, organisation_id)
    remove_template(organisation, template_id, by=request.person, now=request.now)
    return redirect("reports:answer_templates", organisation.pk)


def _advised(request: PersonalRequest) -> dict[str, object]:
    return {"advice": advice_in(request.community, now=request.now)}


def _own(request: PersonalRequest, organisation_id: int) -> Organisation:
    own = own_organisations(request.person, request.community.pk)
    found = next((each for each, _ in own if each.pk == organisation_id), None)
    if found is None:
        raise NotAllowed("report.not_held_by_you")
    return found
