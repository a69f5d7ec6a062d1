"""What the clock does with petitions: closes them at their stroke, reminds, and tells who watches the terms."""

from datetime import datetime

from edem.foundation.events.readers import at_its_moment, daily, every, reacts_to
from edem.services.petitions.actions import attaching, evidencing, exporting, paper
from edem.services.petitions.actions.closing import close_petition
from edem.services.petitions.actions.erasing_files import erase_hidden_files
from edem.services.petitions.actions.exporting import make_export, remove_old_exports
from edem.services.petitions.actions.hiding import erase_hidden_texts
from edem.services.petitions.actions.reminding import remind_responsible, tell_control_body
from edem.services.petitions.actions.retaining import clear_drafts, erase_old_lists
from edem.services.petitions.actions.stage_reminding import remind_of_stage, tell_control_of_stage
from edem.services.petitions.actions.summing import keep_sums
from edem.services.petitions.events import ClockStarted, ExportAsked, PetitionPublished, StageClockStarted
from edem.services.petitions.queries.deadlines import petitions_to_close

SEALED = (attaching.PURPOSE, evidencing.PURPOSE, exporting.PURPOSE, paper.PURPOSE)
"""Every process loads its jobs, so each knows which files lie sealed: to seal those of before, and to open them."""


@at_its_moment(PetitionPublished, moment="closes_at")
def close_at_the_stroke(event: PetitionPublished, now: datetime) -> None:
    close_petition(event.petition_id, now=now)


@every(minutes=5)
def close_ended_petitions(now: datetime) -> None:
    """Mend what was missed while no worker ran."""
    for petition_id in petitions_to_close(now):
        close_petition(petition_id, now=now)


@every(minutes=10)
def keep_statistics(now: datetime) -> None:
    keep_sums(now=now)


@at_its_moment(ClockStarted, moment="warn_at")
def remind_before_the_end(event: ClockStarted, now: datetime) -> None:
    remind_responsible(event.petition_id, event.state, due_at=event.due_at, now=now)


@at_its_moment(ClockStarted, moment="due_at")
def tell_who_watches(event: ClockStarted, now: datetime) -> None:
    tell_control_body(event.petition_id, event.state, due_at=event.due_at, now=now)


@at_its_moment(StageClockStarted, moment="warn_at")
def remind_before_a_stage_ends(event: StageClockStarted, now: datetime) -> None:
    remind_of_stage(event.stage_id, due_at=event.due_at, now=now)


@at_its_moment(StageClockStarted, moment="due_at")
def tell_who_watches_stages(event: StageClockStarted, now: datetime) -> None:
    tell_control_of_stage(event.stage_id, due_at=event.due_at, now=now)


@reacts_to(ExportAsked)
def make_long_export(event: ExportAsked, now: datetime) -> None:
    make_export(event.export_id, now=now)


@daily(at="03:10")
def erase_what_was_kept_long_enough(now: datetime) -> None:
    erase_old_lists(now=now)
    clear_drafts(now=now)


@daily(at="03:40")
def remove_exports(now: datetime) -> None:
    remove_old_exports(now=now)


@daily(at="03:45")
def forget_hidden_texts(now: datetime) -> None:
    erase_hidden_texts(now=now)
    erase_hidden_files(now=now)
