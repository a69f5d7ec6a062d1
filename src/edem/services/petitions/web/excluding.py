"""Looking for fraud, proposing what to exclude, deciding on a colleague's proposal."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from edem.foundation.people.access import open_to, staff
from edem.foundation.people.models import Person
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.kernel.errors import Missing
from edem.services.petitions.actions.excluding import (
    confirm_exclusion,
    decline_exclusion,
    keep_excluded,
    propose_exclusion,
    propose_return,
    return_signatures,
)
from edem.services.petitions.queries.bursts import bursts_of
from edem.services.petitions.queries.choices import choices_of
from edem.services.petitions.queries.exclusion_pages import exclusion_page, listed_exclusions
from edem.services.petitions.queries.exclusions import chosen_by, preview_of
from edem.services.petitions.queries.pages import petition_for
from edem.services.petitions.rules.conditions import Conditions, check_conditions
from edem.services.petitions.rules.exclusions import Move
from edem.services.petitions.web.exclusion_forms import MOVE_FORMS, ConditionsForm, ProposalForm, seen_in
from edem.services.petitions.web.exclusion_shown import bars_of, busiest_of, facts_of_exclusion, story_of
from edem.ui.refusals import refusals_shown_on

ROWS: Final = 50


@open_to(staff)
@require_safe
def exclusions(request: PersonalRequest, petition_id: int) -> HttpResponse:
    petition = petition_for(request.community, petition_id, reader=request.person)
    facts = {"petition": petition, "listed": listed_exclusions(petition, reader=request.person)}
    return render(request, "petitions/exclusions.html", facts)


@open_to(staff.having(Role.OFFICER))
@require_http_methods(["GET", "POST"])
def choose(request: PersonalRequest, petition_id: int) -> HttpResponse:
    """Conditions in the address, so that what one saw can be sent to a colleague; the proposal is posted."""
    petition = petition_for(request.community, petition_id, reader=request.person)
    form = ConditionsForm(request.GET or None, choices=choices_of(petition))
    wanted = read_conditions(form)
    preview = preview_of(petition, wanted)
    proposal = ProposalForm(request.POST or None, initial=seen_in(preview))
    if request.method == "POST" and proposal.is_valid():
        with refusals_shown_on(proposal):
            made = propose_exclusion(petition.pk, proposal.proposal(wanted), by=request.person, now=request.now)
            return redirect("petitions:exclusion", petition.pk, made)
    if proposal.errors:
        proposal.show_anew(preview)
    chosen = chosen_by(petition, wanted, last_ordinal=preview.last_ordinal)
    bursts = bursts_of(petition, chosen, preview.chosen)
    facts = {
        "petition": petition,
        "conditions": form,
        "preview": preview,
        "form": proposal,
        "rows": Paginator(chosen, ROWS).get_page(request.GET.get("page")),
        "bars": bars_of(bursts),
        "busiest": busiest_of(bursts, asked=request.GET),
        "usual": bursts.usual if bursts else 0,
    }
    return render(request, "petitions/exclusion_choose.html", facts, status=max(form.status, proposal.status))


def read_conditions(form: ConditionsForm) -> Conditions:
    """What cannot be read or makes no sense is said on the form, and the whole list is shown."""
    if not form.is_valid():
        return Conditions()
    wanted = form.conditions()
    if wanted.ask_something:
        with refusals_shown_on(form):
            check_conditions(wanted)
            return wanted
    return Conditions()


@open_to(staff)
@require_safe
def exclusion(request: PersonalRequest, petition_id: int, exclusion_id: int) -> HttpResponse:
    page = exclusion_page(request.community, petition_id, exclusion_id, reader=request.person)
    rows = Paginator(page.signatures, ROWS).get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "petition": page.petition,
        "rows": rows,
        "about": facts_of_exclusion(page),
        "story": story_of(page),
    }
    return render(request, "petitions/exclusion.html", facts)


@open_to(staff.having(Role.OFFICER, Role.MAYOR))
@require_http_methods(["GET", "POST"])
def decide(request: PersonalRequest, petition_id: int, exclusion_id: int, move: str) -> HttpResponse:
    page = exclusion_page(request.community, petition_id, exclusion_id, reader=request.person)
    transition = next((each for each in page.moves if each.step == move), None)
    if transition is None:
        raise Missing("petition.step_not_now")
    form = MOVE_FORMS[transition.step](request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            DECIDE[transition.step](exclusion_id, request.person, request.now, str(form.cleaned_data.get("note", "")))
            return redirect("petitions:exclusion", petition_id, exclusion_id)
    facts = {"page": page, "petition": page.petition, "form": form, "transition": transition}
    return render(request, "petitions/exclusion_step.html", facts, status=form.status)


def _confirm(exclusion_id: int, by: Person, now: datetime, _note: str) -> None:
    confirm_exclusion(exclusion_id, by=by, now=now)


def _decline(exclusion_id: int, by: Person, now: datetime, note: str) -> None:
    decline_exclusion(exclusion_id, by=by, now=now, note=note)


def _propose_return(exclusion_id: int, by: Person, now: datetime, note: str) -> None:
    propose_return(exclusion_id, by=by, now=now, note=note)


def _return(exclusion_id: int, by: Person, now: datetime, _note: str) -> None:
    return_signatures(exclusion_id, by=by, now=now)


def _keep(exclusion_id: int, by: Person, now: datetime, note: str) -> None:
    keep_excluded(exclusion_id, by=by, now=now, note=note)


DECIDE: Mapping[Move, Callable[[int, Person, datetime, str], None]] = {
    Move.CONFIRM: _confirm,
    Move.DECLINE: _decline,
    Move.PROPOSE_RETURN: _propose_return,
    Move.RETURN: _return,
    Move.KEEP: _keep,
}
