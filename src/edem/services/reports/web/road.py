"""The report's road as the timeline shows it: everything that happened, where it is, and what comes next."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from edem.foundation.people.roles import LABELS, Role
from edem.kernel.lifecycle import AUTHOR, CLOCK
from edem.kernel.ukrainian import N_
from edem.services.reports.queries.reading import ReportPage
from edem.services.reports.rules.lifecycle import STATES, State, Step, lifecycle_of
from edem.ui.timeline.timeline import Passage, Stage
from edem.ui.words import moment

_ACTORS = {AUTHOR: N_("автор"), CLOCK: N_("автоматично")} | {role.value: LABELS[Role(role)] for role in Role}


TURNS = {
    "merge": N_("Об’єднано з однаковим"),
    "part": N_("Роз’єднано"),
    "self_help": N_("Знову справа організації"),
    "recategorise": N_("Змінено категорію"),
}
"""What is no step of the table."""


def road_of(page: ReportPage) -> Sequence[Stage]:
    return [*passed(page), *ahead(page)]


def passed(page: ReportPage) -> list[Stage]:
    shown = [step for step in page.steps if step.public or page.is_staff_case or page.is_author]
    return [
        Stage(
            title=_(TURNS.get(step.step) or STATES[State(step.to_state)].label),
            passage=passage_of(page, State(step.to_state), is_last=step is shown[-1]),
            note=f"{moment(step.at)} · {_(_ACTORS.get(step.actor, step.actor))}",
            clause=_(step.clause) if step.clause else "",
            clause_url=reverse("rules") if step.clause else "",
            story=step.note if tells(page, step.step, step.at) else "",
        )
        for step in shown
    ]


def tells(page: ReportPage, step: str, at: datetime) -> bool:
    """What the last closing said stands apart on the card; a refused text may repeat what was refused."""
    is_shown_apart = step == Step.CLOSE and at == page.report.closed_at and bool(page.report.result)
    return not is_shown_apart and page.shows_text


def passage_of(page: ReportPage, state: State, *, is_last: bool) -> Passage:
    if state is State.REJECTED:
        return "refused"
    if not is_last or STATES[state].final:
        return "done"
    return "overdue" if page.is_overdue else "now"


def ahead(page: ReportPage) -> list[Stage]:
    """The rest of the happy road; nothing lies ahead of what was taken out."""
    rest = lifecycle_of(page.charter).road_from(page.state)[1:]
    if page.state is State.REJECTED:
        return []
    return [Stage(title=_(STATES[state].label), passage="later") for state in rest]
