"""The desk's page of a plan: its stages, what may be done with each, and the evidence that waits to be checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edem.foundation.people.access import open_to, staff
from edem.foundation.people.requests import PersonalRequest
from edem.foundation.people.roles import Role
from edem.kernel.deadlines import kyiv_day
from edem.kernel.errors import Missing
from edem.kernel.ukrainian import N_, number
from edem.services.petitions.actions.evidencing import add_evidence, publish_evidence, remove_evidence
from edem.services.petitions.actions.fulfilling import add_stage, change_stage, drop_stage, finish_stage, reopen_stage
from edem.services.petitions.queries.actors import actors_of
from edem.services.petitions.queries.fulfilment import StageShown, plan_for_staff, stage_for_staff
from edem.services.petitions.queries.pages import petition_for
from edem.services.petitions.rules.fulfilment import CHECKS_EVIDENCE, HAS_A_PLAN, KEEPS_THE_PLAN
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.web.plan_forms import ChangeForm, DoneForm, DropForm, EvidenceForm, ReopenForm, StageForm
from edem.ui.forms import Form
from edem.ui.refusals import refusals_shown_on

KEEPERS: Final = staff.having(Role.OFFICER, Role.MAYOR)
CHECKERS: Final = staff.having(Role.OFFICER, Role.MAYOR, Role.MODERATOR)

Take = Callable[[PersonalRequest, int, int, Form], None]


@dataclass(frozen=True, kw_only=True)
class StageStep:
    """One thing that may be done with a stage: its form, its words, its action and the page that comes after."""

    form: type[Form]
    title: str
    submit: str
    take: Take
    leads_to_evidence: bool = False


@open_to(staff)
@require_safe
def plan(request: PersonalRequest, petition_id: int) -> HttpResponse:
    petition = petition_for(request.community, petition_id, reader=request.person)
    if State(petition.state) not in HAS_A_PLAN:
        raise Missing("petition.plan_is_closed")
    actors = actors_of(request.person, petition)
    facts = {
        "petition": petition,
        "plan": plan_for_staff(petition, now=request.now),
        "is_kept": petition.state == State.FULFILMENT and not actors.isdisjoint(KEEPS_THE_PLAN),
        "adds_evidence": not actors.isdisjoint(KEEPS_THE_PLAN),
        "checks_evidence": not actors.isdisjoint(CHECKS_EVIDENCE),
    }
    return render(request, "petitions/plan_desk.html", facts)


@open_to(KEEPERS)
@require_http_methods(["GET", "POST"])
def new_stage(request: PersonalRequest, petition_id: int) -> HttpResponse:
    petition = petition_for(request.community, petition_id, reader=request.person)
    form = StageForm(request.POST or None, initial={"body": petition.responsible_body})
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            add_stage(petition.pk, form.stage(), by=request.person, now=request.now)
            return redirect("petitions:plan", petition.pk)
    facts = {"petition": petition, "form": form, "title": _("Додати етап"), "submit": _("Додати етап"), "stage": None}
    return render(request, "petitions/plan_step.html", facts, status=form.status)


@open_to(KEEPERS)
@require_http_methods(["GET", "POST"])
def stage_step(request: PersonalRequest, petition_id: int, stage_id: int, step: str) -> HttpResponse:
    petition = petition_for(request.community, petition_id, reader=request.person)
    shown = stage_for_staff(petition, stage_id, now=request.now)
    offered = STEPS.get(step)
    if offered is None:
        raise Missing("petition.stage_missing")
    form = offered.form(request.POST or None, request.FILES or None, initial=written(shown, request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            offered.take(request, petition_id, stage_id, form)
            if offered.leads_to_evidence:
                return redirect("petitions:stage_step", petition_id, stage_id, "evidence")
            return redirect("petitions:plan", petition_id)
    words = {"title": _(offered.title), "submit": _(offered.submit)}
    facts = {"petition": petition, "stage": shown.stage, "form": form, **words}
    return render(request, "petitions/plan_step.html", facts, status=form.status)


@open_to(CHECKERS)
@require_POST
def show_evidence(request: PersonalRequest, petition_id: int, evidence_id: int) -> HttpResponse:
    petition = petition_for(request.community, petition_id, reader=request.person)
    publish_evidence(petition.pk, evidence_id, by=request.person, now=request.now)
    return redirect("petitions:plan", petition_id)


@open_to(CHECKERS)
@require_POST
def take_evidence_away(request: PersonalRequest, petition_id: int, evidence_id: int) -> HttpResponse:
    petition = petition_for(request.community, petition_id, reader=request.person)
    remove_evidence(petition.pk, evidence_id, by=request.person, now=request.now)
    return redirect("petitions:plan", petition_id)


def written(shown: StageShown, request: PersonalRequest) -> dict[str, object]:
    """The form begins with what stands in the plan."""
    return {
        "title": shown.stage.title,
        "body": shown.stage.body,
        "due": shown.last_day,
        "amount": number(shown.amount.amount) if shown.amount else "",
        "done_on": kyiv_day(request.now),
    }


def _change(request: PersonalRequest, petition_id: int, stage_id: int, form: Form) -> None:
    assert isinstance(form, ChangeForm)
    note = form.cleaned_data["note"]
    change_stage(petition_id, stage_id, form.stage(), by=request.person, now=request.now, note=note)


def _finish(request: PersonalRequest, petition_id: int, stage_id: int, form: Form) -> None:
    typed = form.cleaned_data
    finish_stage(
        petition_id, stage_id, by=request.person, now=request.now, done_on=typed["done_on"], note=typed["note"]
    )


def _drop(request: PersonalRequest, petition_id: int, stage_id: int, form: Form) -> None:
    drop_stage(petition_id, stage_id, by=request.person, now=request.now, note=form.cleaned_data["note"])


def _reopen(request: PersonalRequest, petition_id: int, stage_id: int, form: Form) -> None:
    reopen_stage(petition_id, stage_id, by=request.person, now=request.now, note=form.cleaned_data["note"])


def _add_evidence(request: PersonalRequest, petition_id: int, stage_id: int, form: Form) -> None:
    typed = form.cleaned_data
    add_evidence(petition_id, stage_id, typed["pieces"], words=typed["words"], by=request.person, now=request.now)


STEPS: Mapping[str, StageStep] = {
    "change": StageStep(form=ChangeForm, title=N_("Змінити етап"), submit=N_("Зберегти зміни"), take=_change),
    "done": StageStep(
        form=DoneForm,
        title=N_("Етап виконано"),
        submit=N_("Позначити виконаним"),
        take=_finish,
        leads_to_evidence=True,
    ),
    "drop": StageStep(form=DropForm, title=N_("Скасувати етап"), submit=N_("Скасувати етап"), take=_drop),
    "reopen": StageStep(form=ReopenForm, title=N_("Відкрити етап знову"), submit=N_("Відкрити знову"), take=_reopen),
    "evidence": StageStep(
        form=EvidenceForm, title=N_("Додати фото чи документ"), submit=N_("Додати"), take=_add_evidence
    ),
}
