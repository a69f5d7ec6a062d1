"""The desk's page of one petition: its whole story, and the steps that wait for whoever reads it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from edem.foundation.people.access import open_to, staff
from edem.foundation.people.models import Person
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.errors import Missing
from edem.kernel.lifecycle import Transition
from edem.services.petitions.actions.considering import (
    Answer,
    announce_consideration,
    answer_petition,
    hand_over,
)
from edem.services.petitions.actions.fulfilling import finish_fulfilment, start_fulfilment
from edem.services.petitions.actions.moderating import publish_petition, reject_petition, return_petition
from edem.services.petitions.actions.shortfall import decide_shortfall
from edem.services.petitions.queries.attachments import files_of
from edem.services.petitions.queries.pages import PetitionPage, petition_page
from edem.services.petitions.rules.lifecycle import MAY_BE_CARRIED_OUT, State, Step
from edem.services.petitions.rules.shortfall import WAYS as SHORTFALL_WAYS
from edem.services.petitions.web.exclusion_facts import exclusion_facts, ways_after_shortfall
from edem.services.petitions.web.exclusion_forms import ShortfallForm
from edem.services.petitions.web.forms import (
    AnswerForm,
    DoneForm,
    GiveUpForm,
    RejectForm,
    ReturnForm,
    StepForm,
)
from edem.services.petitions.web.outcome import outcome_facts
from edem.services.petitions.web.plan_forms import StartForm, stage_typed
from edem.services.petitions.web.road import road_of
from edem.ui.forms import Form
from edem.ui.refusals import refusals_shown_on

FORMS: Mapping[Step, type[Form]] = {
    Step.PUBLISH: StepForm,
    Step.RETURN: ReturnForm,
    Step.REJECT: RejectForm,
    Step.HAND_OVER: StepForm,
    Step.ANNOUNCE: StepForm,
    Step.ANSWER: AnswerForm,
    Step.START_FULFILMENT: StartForm,
    Step.FULFIL: DoneForm,
    Step.GIVE_UP: GiveUpForm,
    Step.CONTINUE: ShortfallForm,
    Step.COLLECT_ON: ShortfallForm,
    Step.COUNT_SHORT: ShortfallForm,
}

Take = Callable[[int, Person, datetime, Mapping[str, object]], None]


@open_to(staff)
@require_http_methods(["GET"])
def case(request: PersonalRequest, petition_id: int) -> HttpResponse:
    page = petition_page(request.community, petition_id, reader=request.person, now=request.now)
    facts = {"page": page, "petition": page.petition, "steps": staff_steps(page), "road": road_of(page)}
    facts["files"] = files_of(page.petition)
    facts |= outcome_facts(page, is_at_desk=True) | exclusion_facts(page, request.person)
    return render(request, "petitions/case.html", facts)


@open_to(staff)
@require_http_methods(["GET", "POST"])
def take_step(request: PersonalRequest, petition_id: int, step: str) -> HttpResponse:
    page = petition_page(request.community, petition_id, reader=request.person, now=request.now)
    transition = next((each for each in staff_steps(page) if each.step == step), None)
    if transition is None:
        raise Missing("petition.step_not_now")
    form = FORMS[transition.step](request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            TAKE[transition.step](petition_id, request.person, request.now, form.cleaned_data)
            return redirect("petitions:case", petition_id)
    facts = {"page": page, "petition": page.petition, "form": form, "transition": transition}
    return render(request, "petitions/step.html", facts, status=form.status)


def staff_steps(page: PetitionPage) -> list[Transition[State, Step]]:
    """The author's own steps are not the desk's; only what was supported is carried out."""
    out_of_place = SHORTFALL_WAYS - set(ways_after_shortfall(page))
    if page.petition.decision not in MAY_BE_CARRIED_OUT:
        out_of_place |= {Step.START_FULFILMENT}
    return [each for each in page.open_steps if each.step in FORMS and each.step not in out_of_place]


def _publish(petition_id: int, by: Person, now: datetime, _: Mapping[str, object]) -> None:
    publish_petition(petition_id, by=by, now=now)


def _return(petition_id: int, by: Person, now: datetime, typed: Mapping[str, object]) -> None:
    return_petition(petition_id, by=by, now=now, note=str(typed["note"]))


def _reject(petition_id: int, by: Person, now: datetime, typed: Mapping[str, object]) -> None:
    reject_petition(petition_id, by=by, now=now, ground=str(typed["ground"]), note=str(typed["note"]))


def _hand_over(petition_id: int, by: Person, now: datetime, typed: Mapping[str, object]) -> None:
    hand_over(petition_id, by=by, now=now, note=str(typed["note"]))


def _announce(petition_id: int, by: Person, now: datetime, typed: Mapping[str, object]) -> None:
    announce_consideration(petition_id, by=by, now=now, note=str(typed["note"]))


def _answer(petition_id: int, by: Person, now: datetime, typed: Mapping[str, object]) -> None:
    answer = Answer(
        decision=str(typed["decision"]), text=str(typed["text"]), responsible_body=str(typed["responsible_body"])
    )
    answer_petition(petition_id, answer, by=by, now=now)


def _start(petition_id: int, by: Person, now: datetime, typed: Mapping[str, object]) -> None:
    start_fulfilment(petition_id, stage_typed(typed), by=by, now=now, note=str(typed["note"]))


def _finish(step: Step) -> Take:
    def finish(petition_id: int, by: Person, now: datetime, typed: Mapping[str, object]) -> None:
        finish_fulfilment(petition_id, step, by=by, now=now, note=str(typed["note"]))

    return finish


def _after_shortfall(step: Step) -> Take:
    def decide(petition_id: int, by: Person, now: datetime, typed: Mapping[str, object]) -> None:
        decide_shortfall(petition_id, step, by=by, now=now, note=str(typed["note"]))

    return decide


TAKE: Mapping[Step, Take] = {
    Step.PUBLISH: _publish,
    Step.RETURN: _return,
    Step.REJECT: _reject,
    Step.HAND_OVER: _hand_over,
    Step.ANNOUNCE: _announce,
    Step.ANSWER: _answer,
    Step.START_FULFILMENT: _start,
    Step.FULFIL: _finish(Step.FULFIL),
    Step.GIVE_UP: _finish(Step.GIVE_UP),
    **{step: _after_shortfall(step) for step in SHORTFALL_WAYS},
}
