"""What the control body and the moderator may do from the case page: one table of deeds, each with form and action."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.kernel.ukrainian import N_
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.after_photos import draw_waiting
from edem.services.reports.actions.answering import answer_report
from edem.services.reports.actions.closing import close_report
from edem.services.reports.actions.moderating import edit_report, publish_report, reject_report
from edem.services.reports.actions.parting import part_report
from edem.services.reports.actions.recategorising import MAY_RECATEGORISE, recategorise_report
from edem.services.reports.actions.refusing import redirect_report
from edem.services.reports.actions.reopening import reopen_report
from edem.services.reports.actions.resending import resend_report
from edem.services.reports.queries.reading import ReportPage
from edem.services.reports.rules.lifecycle import AT_WORK, IN_PUBLIC, State, Step
from edem.services.reports.web.case_forms import (
    CaseForm,
    CategoryForm,
    CloseForm,
    EditForm,
    NeighboursForm,
    NoteForm,
    PlainForm,
    ReasonForm,
    RedirectForm,
    RejectForm,
    WordsForm,
)

Take = Callable[[int, Any, Person, datetime], None]


class Purpose(StrEnum):
    """What does not wait is folded by these."""

    STATE = "state"
    HANDS = "hands"
    WORDS = "words"
    TEXT = "text"


PURPOSE_LABELS: Mapping[Purpose, str] = {
    Purpose.STATE: N_("Змінити стан"),
    Purpose.HANDS: N_("Передати або нагадати"),
    Purpose.WORDS: N_("Написати авторові"),
    Purpose.TEXT: N_("Виправити або вилучити"),
}


@dataclass(frozen=True, kw_only=True)
class Deed:
    code: str
    label: str
    form: type[CaseForm]
    take: Take
    is_open: Callable[[ReportPage], bool]
    purpose: Purpose = Purpose.STATE


def steps_open(step: Step, *roles: Role) -> Callable[[ReportPage], bool]:
    """The table lets one of these roles make the step now, and the reader holds it."""

    def is_open(page: ReportPage) -> bool:
        held = page.actors & {role.value for role in roles}
        return any(each.step is step and each.by & held for each in page.open_steps)

    return is_open


def accepts_for_organisation(page: ReportPage) -> bool:
    """After the second letter only; until then the button would only refuse."""
    was_resent = any(each.resent_at is not None for each in page.holders)
    return was_resent and steps_open(Step.ACCEPT, Role.CONTROL)(page)


def may_redirect(page: ReportPage) -> bool:
    decides = bool(page.actors & {Role.CONTROL, Role.MODERATOR})
    return decides and page.state in AT_WORK and page.report.follows_id is None


def may_recategorise(page: ReportPage) -> bool:
    return bool(page.actors & MAY_RECATEGORISE) and page.state is not State.REJECTED


def moderates(page: ReportPage) -> bool:
    return Role.MODERATOR in page.actors and page.state is not State.REJECTED


def may_speak(page: ReportPage) -> bool:
    """The control body and the moderator speak to the author for the whole community."""
    return bool(page.actors & {Role.CONTROL, Role.MODERATOR}) and page.state in IN_PUBLIC - {State.REJECTED}


def may_part(page: ReportPage) -> bool:
    return Role.MODERATOR in page.actors and page.report.follows_id is not None


def may_resend(page: ReportPage) -> bool:
    return moderates(page) and page.is_overdue and bool(page.holders)


def _accept(report_id: int, form: Any, by: Person, now: datetime) -> None:
    accept_report(report_id, by=by, now=now, note=form.cleaned_data["note"])


def _accept_for_neighbours(report_id: int, form: Any, by: Person, now: datetime) -> None:
    accept_report(report_id, by=by, now=now, self_organised=True, note=form.cleaned_data["note"])


def _redirect(report_id: int, form: Any, by: Person, now: datetime) -> None:
    typed = form.cleaned_data
    redirect_report(report_id, organisation_id=typed["organisation"], by=by, reason=typed["reason"], now=now)


def _recategorise(report_id: int, form: Any, by: Person, now: datetime) -> None:
    typed = form.cleaned_data
    passes_on = typed.get("passes_on", False)
    recategorise_report(report_id, codes=form.codes(), by=by, reason=typed["reason"], passes_on=passes_on, now=now)


def _part(report_id: int, form: Any, by: Person, now: datetime) -> None:
    part_report(report_id, by=by, reason=form.cleaned_data["reason"], now=now)


def _say(kind: str) -> Take:
    def say(report_id: int, form: Any, by: Person, now: datetime) -> None:
        answer_report(report_id, form.cleaned_data["text"], kind=kind, by=by, now=now)

    return say


def _close(report_id: int, form: Any, by: Person, now: datetime) -> None:
    draw_waiting(report_id, by=by)
    close_report(report_id, form.closing(), by=by, now=now, photos=form.photos())


def _reject(report_id: int, form: Any, by: Person, now: datetime) -> None:
    typed = form.cleaned_data
    reject_report(report_id, by=by, ground=typed["ground"], note=typed["note"], now=now)


def _edit(report_id: int, form: Any, by: Person, now: datetime) -> None:
    edit_report(report_id, by=by, now=now, **form.cleaned_data)


DEEDS: Sequence[Deed] = (
    Deed(
        code="publish",
        label=N_("Оприлюднити"),
        form=PlainForm,
        take=lambda report_id, _form, by, now: publish_report(report_id, by=by, now=now),
        is_open=steps_open(Step.PUBLISH, Role.MODERATOR),
    ),
    Deed(
        code="accept",
        label=N_("Прийняти в роботу"),
        form=NoteForm,
        take=_accept,
        is_open=accepts_for_organisation,
    ),
    Deed(
        code="neighbours",
        label=N_("Мешканці вирішують самі"),
        form=NeighboursForm,
        take=_accept_for_neighbours,
        is_open=steps_open(Step.ACCEPT, Role.MODERATOR),
    ),
    Deed(
        code="close",
        label=N_("Закрити"),
        form=CloseForm,
        take=_close,
        is_open=steps_open(Step.CLOSE, Role.CONTROL, Role.MODERATOR),
    ),
    Deed(
        code="reopen",
        label=N_("Відкрити повторно"),
        form=ReasonForm,
        take=lambda report_id, form, by, now: reopen_report(
            report_id, by=by, reason=form.cleaned_data["reason"], now=now
        ),
        is_open=steps_open(Step.REOPEN, Role.MODERATOR),
    ),
    Deed(
        code="redirect",
        label=N_("Передати іншій організації"),
        form=RedirectForm,
        take=_redirect,
        is_open=may_redirect,
        purpose=Purpose.HANDS,
    ),
    Deed(
        code="category",
        label=N_("Змінити категорію"),
        form=CategoryForm,
        take=_recategorise,
        is_open=may_recategorise,
        purpose=Purpose.HANDS,
    ),
    Deed(
        code="resend",
        label=N_("Надіслати повторно"),
        form=PlainForm,
        take=lambda report_id, _form, by, now: resend_report(report_id, by=by, now=now),
        is_open=may_resend,
        purpose=Purpose.HANDS,
    ),
    Deed(
        code="answer",
        label=N_("Відповісти авторові"),
        form=WordsForm,
        take=_say("answer"),
        is_open=may_speak,
        purpose=Purpose.WORDS,
    ),
    Deed(
        code="ask",
        label=N_("Запитати в автора"),
        form=WordsForm,
        take=_say("question"),
        is_open=may_speak,
        purpose=Purpose.WORDS,
    ),
    Deed(
        code="part",
        label=N_("Роз’єднати: це різні проблеми"),
        form=ReasonForm,
        take=_part,
        is_open=may_part,
        purpose=Purpose.HANDS,
    ),
    Deed(
        code="edit",
        label=N_("Виправити текст"),
        form=EditForm,
        take=_edit,
        is_open=moderates,
        purpose=Purpose.TEXT,
    ),
    Deed(
        code="reject",
        label=N_("Вилучити"),
        form=RejectForm,
        take=_reject,
        is_open=steps_open(Step.REJECT, Role.MODERATOR),
        purpose=Purpose.TEXT,
    ),
)

DEED: Mapping[str, Deed] = {deed.code: deed for deed in DEEDS}


def deeds_open(page: ReportPage) -> Sequence[Deed]:
    """The reader's buttons, in the order of the table."""
    return [deed for deed in DEEDS if deed.is_open(page)]


def deed_waiting(page: ReportPage, deeds: Sequence[Deed], *, neighbours_are_done: bool) -> Deed | None:
    """The one that the case waits for: to be read first, taken for a silent organisation, closed anew, sent again."""
    closes = page.state is State.REOPENED or neighbours_are_done
    waiting = ("publish", "accept", *(["close"] if closes else []), "resend")
    return next((deed for code in waiting for deed in deeds if deed.code == code), None)


def deeds_folded(deeds: Sequence[Deed], *, waiting: Deed | None) -> Sequence[tuple[str, Sequence[Deed]]]:
    rest = [deed for deed in deeds if deed is not waiting]
    parts = [(PURPOSE_LABELS[each], [deed for deed in rest if deed.purpose is each]) for each in Purpose]
    return [(label, offered) for label, offered in parts if offered]
