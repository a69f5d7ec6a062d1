"""Each act of the cabinet with its form and what it does."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from edem.foundation.people.models import Person
from edem.services.reports.actions.accepting import Executor, accept_report
from edem.services.reports.actions.after_photos import add_work_photos, draw_waiting
from edem.services.reports.actions.answering import answer_report
from edem.services.reports.actions.assigning import appoint_executor, inform_head, report_work
from edem.services.reports.actions.closing import close_report
from edem.services.reports.actions.noting import add_note
from edem.services.reports.actions.refusing import refuse_report
from edem.services.reports.queries.cases import executor_named
from edem.services.reports.rules.cabinet import Act
from edem.services.reports.web.organisation_forms import (
    AcceptForm,
    AnswerForm,
    AppointForm,
    AskForm,
    BareForm,
    CaseForm,
    CloseForm,
    DoneForm,
    ExplainForm,
    LinkForm,
    NoteForm,
    PhotosForm,
    RefuseForm,
)

FORMS: Mapping[Act, type[CaseForm]] = {
    Act.ACCEPT: AcceptForm,
    Act.CLOSE: CloseForm,
    Act.DONE: DoneForm,
    Act.INFORM: BareForm,
    Act.APPOINT: AppointForm,
    Act.LINK: LinkForm,
    Act.REFUSE: RefuseForm,
    Act.ASK: AskForm,
    Act.ANSWER: AnswerForm,
    Act.EXPLAIN: ExplainForm,
    Act.PHOTOS: PhotosForm,
    Act.NOTE: NoteForm,
}

WITH_TEMPLATES = frozenset({Act.ASK, Act.ANSWER, Act.EXPLAIN, Act.CLOSE})

Take = Callable[[CaseForm, Person, datetime], None]


def _accept(form: CaseForm, by: Person, now: datetime) -> None:
    accept_report(form.case.report.pk, by=by, now=now, executor=executor_typed(form.case.held.organisation_id, form))


def _close(form: CaseForm, by: Person, now: datetime) -> None:
    """Photos come first, in a commit of their own: they stay, whatever else the closing still lacks."""
    assert isinstance(form, CloseForm)
    add_photos(form, by, now)
    draw_waiting(form.case.report.pk, by=by)
    close_report(form.case.report.pk, form.closing(), by=by, now=now)


def _done(form: CaseForm, by: Person, now: datetime) -> None:
    add_photos(form, by, now)
    report_work(form.case.report.pk, form.cleaned_data["text"], by=by, now=now)


def add_photos(form: CaseForm, by: Person, now: datetime) -> None:
    if photos := form.photos():
        add_work_photos(form.case.report.pk, photos, by=by, now=now)


def _inform(form: CaseForm, by: Person, now: datetime) -> None:
    inform_head(form.case.report.pk, by=by, now=now)


def _appoint(form: CaseForm, by: Person, now: datetime) -> None:
    typed = form.cleaned_data
    executor_id = UUID(typed["executor"]) if typed.get("executor") else None
    appoint_executor(form.case.report.pk, executor_id=executor_id, name=typed["name"], by=by, now=now)


def _refuse(form: CaseForm, by: Person, now: datetime) -> None:
    typed = form.cleaned_data
    refuse_report(form.case.report.pk, by=by, reason=typed["reason"], passed_to=typed["passed_to"], now=now)


def _say(kind: str) -> Take:
    def say(form: CaseForm, by: Person, now: datetime) -> None:
        answer_report(form.case.report.pk, form.cleaned_data["text"], kind=kind, by=by, now=now)

    return say


def _note(form: CaseForm, by: Person, now: datetime) -> None:
    add_note(form.case.report.pk, form.cleaned_data["text"], by=by, now=now)


def executor_typed(organisation_id: int, form: Any) -> Executor | None:
    """None leaves whoever was appointed before."""
    typed = form.cleaned_data
    if typed.get("executor"):
        return Executor(person=executor_named(organisation_id, UUID(typed["executor"])))
    return Executor(name=typed["name"]) if typed.get("name") else None


TAKE: Mapping[Act, Take] = {
    Act.ACCEPT: _accept,
    Act.CLOSE: _close,
    Act.DONE: _done,
    Act.INFORM: _inform,
    Act.APPOINT: _appoint,
    Act.REFUSE: _refuse,
    Act.ASK: _say("question"),
    Act.ANSWER: _say("answer"),
    Act.EXPLAIN: _say("explanation"),
    Act.PHOTOS: add_photos,
    Act.NOTE: _note,
}
"""The link for a contractor has a page of its own: what it makes is shown once."""
