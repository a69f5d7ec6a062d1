"""The beats that every step of a petition shares: load and lock, check, change, announce, record."""

from datetime import datetime

from edem.foundation.communities.models import Community
from edem.foundation.events.announcing import announce
from edem.foundation.live.kept import drop_pages, show_counts_anew
from edem.foundation.people.models import Person
from edem.foundation.places.queries import working_calendar
from edem.kernel.errors import Missing
from edem.kernel.lifecycle import CLOCK
from edem.services.petitions.events import ClockStarted
from edem.services.petitions.models import Petition, PetitionStep
from edem.services.petitions.queries.actors import actors_of
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.rules.lifecycle import AWAITS_ANSWER, IN_PUBLIC, LIFECYCLE, State, Step
from edem.services.petitions.rules.terms import Clock, clock_started_by


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
) -> Clock | None:
    """Take the step, start its clock and write it down; the caller saves the petition."""
    source = State(petition.state)
    transition = LIFECYCLE.transition(step, source)
    clock = clock_started_by(
        step,
        source,
        charter=charter_of(petition),
        started_at=started_at or now,
        calendar=working_calendar(now),
    )

    petition.state = transition.target
    petition.due_at = clock.due_at if clock else None
    if transition.target in AWAITS_ANSWER:
        petition.answer_due_at = petition.due_at
    if clock:
        start_clock(petition, clock)
    record(petition, step, source, by=by, now=now, note=note)
    show_anew(petition)
    return clock


def start_clock(petition: Petition, clock: Clock) -> None:
    announce(
        ClockStarted(petition_id=petition.pk, state=petition.state, warn_at=clock.warn_at, due_at=clock.due_at),
    )


def record(petition: Petition, step: Step, source: State, *, by: Person | None, now: datetime, note: str) -> None:
    transition = LIFECYCLE.transition(step, source)
    PetitionStep.objects.create(
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


def show_anew(petition: Petition) -> None:
    """Visitors' kept pages of the petition and of the lists are dropped when the step commits; live ones hear of it."""
    show_counts_anew()
    drop_pages(f"petition:{petition.pk}", f"petitions:{petition.community_id}")


def drop_lists(community: Community) -> None:
    drop_pages(f"petitions:{community.pk}")
