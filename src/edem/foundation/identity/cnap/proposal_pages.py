"""What one officer proposed and another decides; slips, for they may need two as well; taking a merge apart."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.identity.cnap.desk_pages import by_clerk, clerks, given_out, sent, shown
from edem.foundation.identity.cnap.forms import DeclineForm, EvidenceForm
from edem.foundation.identity.cnap.reading import proposal_page
from edem.foundation.identity.cnap.slip_paper import slip_pdf
from edem.foundation.identity.membership.scans import scan_of_proposal
from edem.foundation.identity.persons.confirming import confirm_proposal
from edem.foundation.identity.persons.parting import check_merged_here, propose_parting
from edem.foundation.identity.persons.slips import ask_for_slip, cancel_slip, issue_slip
from edem.foundation.identity.proposals.proposing import decline_proposal
from edem.foundation.people.access import open_to
from edem.foundation.people.requests import PersonalRequest
from edem.ui.refusals import refusals_shown_on


@open_to(clerks)
@never_cache
@require_safe
def proposal(request: PersonalRequest, proposal_id: uuid.UUID) -> HttpResponse:
    page = proposal_page(proposal_id, community=request.community, reader=request.person)
    return render(request, "identity/desk/proposal.html", {"page": page})


@open_to(clerks)
@never_cache
@require_safe
def scan(request: PersonalRequest, proposal_id: uuid.UUID) -> HttpResponse:
    return given_out(scan_of_proposal(proposal_id, **by_clerk(request)))


@open_to(clerks)
@never_cache
@require_POST
def confirm(request: PersonalRequest, proposal_id: uuid.UUID) -> HttpResponse:
    page = proposal_page(proposal_id, community=request.community, reader=request.person)
    confirm_proposal(proposal_id, by=request.person, now=request.now)
    return redirect("identity:member", page.proposal.person_id)


@open_to(clerks)
@never_cache
@require_http_methods(["GET", "POST"])
def decline(request: PersonalRequest, proposal_id: uuid.UUID) -> HttpResponse:
    page = proposal_page(proposal_id, community=request.community, reader=request.person)
    form = DeclineForm(sent(request))
    if form.is_valid():
        with refusals_shown_on(form):
            decline_proposal(proposal_id, by=request.person, note=form.cleaned_data["note"], now=request.now)
            return redirect("identity:member", page.proposal.person_id)
    return render(request, "identity/desk/decline.html", {"page": page, "form": form}, status=form.status)


@open_to(clerks)
@never_cache
@require_safe
def slip(request: PersonalRequest, person_id: uuid.UUID) -> HttpResponse:
    """Print it, ask a second clerk for it, or take back the one that was printed."""
    form = EvidenceForm()
    return render(request, "identity/desk/slip.html", {"page": shown(request, person_id), "form": form})


@open_to(clerks)
@never_cache
@require_POST
def print_slip(request: PersonalRequest, person_id: uuid.UUID) -> HttpResponse:
    """The only place where the code is ever shown: on the paper itself."""
    printed = issue_slip(person_id, **by_clerk(request))
    name = shown(request, person_id).person.display_name
    response = HttpResponse(
        slip_pdf(printed, name=name, community=request.community, now=request.now), content_type="application/pdf"
    )
    response["Content-Disposition"] = 'inline; filename="slip.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@open_to(clerks)
@never_cache
@require_http_methods(["GET", "POST"])
def ask_slip(request: PersonalRequest, person_id: uuid.UUID) -> HttpResponse:
    form = EvidenceForm(sent(request))
    if form.is_valid():
        with refusals_shown_on(form):
            made = ask_for_slip(person_id, evidence=form.cleaned_data["evidence"], **by_clerk(request))
            return redirect("identity:proposal", made.pk)
    facts = {"page": shown(request, person_id), "form": form}
    return render(request, "identity/desk/slip.html", facts, status=form.status)


@open_to(clerks)
@never_cache
@require_POST
def drop_slip(request: PersonalRequest, person_id: uuid.UUID) -> HttpResponse:
    cancel_slip(person_id, **by_clerk(request))
    return redirect(reverse("identity:slip_desk", args=[person_id]))


@open_to(clerks)
@never_cache
@require_http_methods(["GET", "POST"])
def part(request: PersonalRequest, merge_id: int) -> HttpResponse:
    """What can be taken apart and what cannot is said before anything is asked."""
    check_merged_here(merge_id, community_id=request.community.pk)
    form = EvidenceForm(sent(request))
    if form.is_valid():
        with refusals_shown_on(form):
            evidence = form.cleaned_data["evidence"]
            made = propose_parting(merge_id, evidence=evidence, by=request.person, now=request.now)
            return redirect("identity:proposal", made.pk)
    return render(request, "identity/desk/part.html", {"form": form}, status=form.status)
