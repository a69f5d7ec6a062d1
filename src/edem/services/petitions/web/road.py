"""The petition's road as the timeline shows it."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from edem.services.petitions.queries.pages import PetitionPage
from edem.services.petitions.queries.pages import Stage as Passed
from edem.services.petitions.rules.lifecycle import State
from edem.ui.countdown.countdown import words_left
from edem.ui.timeline.timeline import Passage, Stage
from edem.ui.words import day, last_day

_REFUSED = frozenset({State.REJECTED, State.WITHDRAWN, State.FELL_SHORT, State.NOT_FULFILLED})


def road_of(page: PetitionPage) -> Sequence[Stage]:
    return [
        Stage(
            title=_(stage.look.label),
            passage=passage_of(stage, page),
            note=note_of(stage, page),
            clause=_(stage.clause) if stage.clause else "",
            clause_url=reverse("rules") if stage.clause else "",
            story=stage.note,
        )
        for stage in page.stages
    ]


def passage_of(stage: Passed, page: PetitionPage) -> Passage:
    if stage.state in _REFUSED and (stage.is_done or stage.is_now):
        return "refused"
    if stage.is_done:
        return "done"
    if not stage.is_now:
        return "later"
    return "overdue" if page.overdue_days else "now"


def note_of(stage: Passed, page: PetitionPage) -> str:
    if stage.is_now and not stage.is_done and page.petition.due_at:
        return running_term(page, page.petition.due_at)
    return day(stage.at)


def running_term(page: PetitionPage, due: datetime) -> str:
    """The last day of the term, and how much of it is left; plainly, when it has run out."""
    left = words_left(due, page.as_of)
    return left if page.overdue_days else _("останній день: %(day)s · %(left)s") % {"day": last_day(due), "left": left}
