"""The beats that every step of a petition shares: load and lock, check, change, announce, record."""

from collections.abc import Sequence
from datetime import datetime

from edem.foundation.communities.models import Community
from edem.foundation.events.announcing import announce
from edem.foundation.live.kept import drop_pages, show_counts_anew
from edem.foundation.people.models import Person
from edem.foundation.places.queries import working_calendar
from edem.kernel.clocks import Clock
from edem.kernel.deadlines import WorkingCalendar
from edem.kernel.errors import Missing
from edem.kernel.lifecycle import CLOCK
from edem.services.petitions.events import ClockStarted
from edem.services.petitions.models import Petition, PetitionStep
from edem.services.petitions.queries.actors import actors_of
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.rules.lifecycle import AWAITS_ANSWER, IN_PUBLIC, LIFECYCLE, State, Step
from edem.services.petitions.rules.terms import clock_started_by


def lock(petition_id: int) -> Petition:
    """Lock one petition till the end of the transaction; whoever else changes it waits."""
    found = Petition.objects.select_for_update(of=("self",), no_key=True).select_related("charter")
    petition = found.filter(pk=petition_id).order_by("pk").first()
    if petition is None:
        raise Missing("petition.missing")
    return petition


def check_may(step: Step, petition: Petition, *, by: Person, note: str = "") -> None:
    LIFECYCLE.check_may(step, State(petition.state), actors_of(by, petition))
    LIFECYCLE.check_note(step, State(petition.state), note)


def move(
    petition: Petition,
    step: Step,
    *,
    now: datetime,
    by: Person | None = None,
    note: str = "",
    started_at: datetime | None = None,
) -> Clock[str] | None:
    """Take the step, start its clock and write it down; the caller saves the petition."""
    source = State(petition.state)
    clock = turn(petition, step, started_at=started_at or now, calendar=working_calendar(now))
    if clock:
        start_clock(petition, clock)
    record(petition, step, source, by=by, now=now, note=note)
    show_anew(petition)
    return clock


def move_by_the_clock(petitions: Sequence[Petition], step: Step, *, now: datetime) -> list[ClockStarted]:
    """The same for many at once, in a few statements: the caller saves them all and announces the clocks."""
    calendar, rows, clocks = working_calendar(now), [], []
    for petition in petitions:
        source = State(petition.state)
        clock = turn(petition, step, started_at=now, calendar=calendar)
        clocks += [started(petition, clock)] if clock else []
        rows.append(step_row(petition, step, source, by=None, now=now, note=""))
    PetitionStep.objects.bulk_create(rows)
    show_anew(*petitions)
    return clocks


def turn(petition: Petition, step: Step, *, started_at: datetime, calendar: WorkingCalendar) -> Clock[str] | None:
    """The petition as it stands after the step, and the clock that runs then."""
    source = State(petition.state)
    clock = clock_started_by(step, source, charter=charter_of(petition), started_at=started_at, calendar=calendar)
    petition.state = LIFECYCLE.transition(step, source).target
    petition.due_at = clock.due_at if clock else None
    if petition.state in AWAITS_ANSWER:
        petition.answer_due_at = petition.due_at
    return clock


def start_clock(petition: Petition, clock: Clock[str]) -> None:
    announce(started(petition, clock))


def started(petition: Petition, clock: Clock[str]) -> ClockStarted:
    return ClockStarted(petition_id=petition.pk, state=petition.state, warn_at=clock.warn_at, due_at=clock.due_at)


def record(petition: Petition, step: Step, source: State, *, by: Person | None, now: datetime, note: str) -> None:
    step_row(petition, step, source, by=by, now=now, note=note).save(force_insert=True)


def step_row(
    petition: Petition, step: Step, source: State, *, by: Person | None, now: datetime, note: str
) -> PetitionStep:
    transition = LIFECYCLE.transition(step, source)
    return PetitionStep(
        petition=petition,
        at=now,
        by=by,
        actor=CLOCK if by is None else min(transition.by & actors_of(by, petition), default=CLOCK),
        step=step,
        from_state=source,
        to_state=transition.target,
        note=note,
        clause=transition.clause,
        public=transition.target in IN_PUBLIC,
    )


def show_anew(*petitions: Petition) -> None:
    """Visitors' kept pages of them and of the lists are dropped when the step commits; live ones hear of it."""
    if petitions:
        show_counts_anew()
        drop_pages(
            *(f"petition:{each.pk}" for each in petitions), *(f"petitions:{each.community_id}" for each in petitions)
        )


def drop_lists(community: Community) -> None:
    drop_pages(f"petitions:{community.pk}")
