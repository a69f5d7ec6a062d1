"""What the card of a report needs, read in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from edem.foundation.communities.models import Community
from edem.foundation.people.models import Person
from edem.foundation.places.queries import working_calendar
from edem.kernel.errors import Missing
from edem.kernel.grounds import GroundLook
from edem.kernel.lifecycle import AUTHOR, StateLook, Transition
from edem.services.reports.charter import ReportCharter
from edem.services.reports.models import Answer, Assignment, Report, ReportEdition, ReportStep
from edem.services.reports.queries.actors import actors_of
from edem.services.reports.queries.categories import titles_of, trail_of
from edem.services.reports.queries.charters import charter_of
from edem.services.reports.queries.withheld import hides_text, was_public, withhold
from edem.services.reports.rules.grounds import GROUNDS, Ground
from edem.services.reports.rules.lifecycle import AT_WORK, ON_ITS_OWN, STATES, State, Step, lifecycle_of
from edem.services.reports.rules.reading import is_staff_reading, knows_author, may_read
from edem.services.reports.rules.terms import CLOCK_LABELS, ClockName, reopens_until


@dataclass(frozen=True, kw_only=True)
class ClockShown:
    """One term on the card: met, running or missed, each said plainly."""

    name: ClockName
    label: str
    due_at: datetime
    met_at: datetime | None
    runs: bool
    """Somebody is still expected to meet it."""

    def is_missed(self, now: datetime) -> bool:
        ended = self.met_at or (now if self.runs else None)
        return ended is not None and ended >= self.due_at


@dataclass(frozen=True, kw_only=True)
class ReportPage:
    """The report as this reader may see it, with what belongs to it read once, when a page asks."""

    report: Report
    state: State
    look: StateLook
    charter: ReportCharter
    actors: frozenset[str]
    ground: GroundLook | None
    shows_text: bool
    as_of: datetime

    @property
    def lead(self) -> Report | None:
        """The report that is worked on in its place; none when it is this one."""
        return self.report.follows

    @cached_property
    def followers(self) -> Sequence[Report]:
        """Merged reports for which this one is worked on."""
        return list(self.report.followers.order_by("number", "pk")) if self.report.incident_id else []

    @property
    def is_author(self) -> bool:
        return AUTHOR in self.actors

    @property
    def is_staff_case(self) -> bool:
        return is_staff_reading(self.actors)

    @property
    def knows_author(self) -> bool:
        return knows_author(self.actors)

    @cached_property
    def open_steps(self) -> Sequence[Transition[State, Step]]:
        found = lifecycle_of(self.charter).steps_from(self.state, self.actors)
        return [each for each in found if self.report.follows_id is None or each.step in ON_ITS_OWN]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return titles_of(self.report.community_id)

    @property
    def categories(self) -> Sequence[Sequence[str]]:
        """Each with the way down to it; the main one first."""
        return [trail_of(self.titles, code) for code in self.report.category_codes]

    @cached_property
    def steps(self) -> Sequence[ReportStep]:
        return list(self.report.steps.order_by("at", "pk"))

    @cached_property
    def chain(self) -> Sequence[Assignment]:
        held = self.report.assignments.select_related("organisation", "passed_to", "forwarding")
        return list(held.order_by("sent_at", "pk"))

    @property
    def holders(self) -> Sequence[Assignment]:
        """Who holds it now, the main one first."""
        held = [each for each in self.chain if each.returned_at is None and each.closed_at is None]
        return sorted(held, key=lambda each: not each.is_main)

    @cached_property
    def answers(self) -> Sequence[Answer]:
        return list(self.report.replies.filter(public=True).select_related("organisation").order_by("at", "pk"))

    @cached_property
    def editions(self) -> Sequence[ReportEdition]:
        return list(self.report.editions.order_by("at", "pk")) if self.report.edited_at else []

    @cached_property
    def clocks(self) -> Sequence[ClockShown]:
        return clocks_of(self.report, self.state)

    @property
    def informing(self) -> ClockShown | None:
        """The term of whoever holds it as the main one (§4.2); acceptance or giving it back ends it untold."""
        held = next((each for each in reversed(self.chain) if each.is_main), None)
        if held is None or held.inform_due_at is None:
            return None
        is_open = held.accepted_at is None and held.returned_at is None and held.closed_at is None
        told_at, runs = held.head_informed_at, is_open and held.head_informed_at is None
        if told_at is None and not runs:
            return None
        name = ClockName.INFORM
        return ClockShown(name=name, label=CLOCK_LABELS[name], due_at=held.inform_due_at, met_at=told_at, runs=runs)

    @cached_property
    def may_take_up_until(self) -> datetime | None:
        """Till when its author may take it back from the archive."""
        if self.state is not State.ARCHIVED or self.report.archived_at is None:
            return None
        until = reopens_until(self.charter, self.report.archived_at, working_calendar(self.as_of))
        return until if self.as_of < until else None

    @property
    def is_overdue(self) -> bool:
        return any(each.runs and each.is_missed(self.as_of) for each in self.clocks)


def report_for(community: Community, report_id: int, *, reader: Person | None) -> Report:
    """The report, if it belongs to this community and the reader may see it; otherwise there is none."""
    return _met(community, report_id, reader=reader)[0]


def report_page(community: Community, report_id: int, *, reader: Person | None, now: datetime) -> ReportPage:
    report, actors = _met(community, report_id, reader=reader)
    state = state_now(report, now)
    return ReportPage(
        report=report,
        state=state,
        look=STATES[state],
        charter=charter_of(report),
        actors=actors,
        ground=GROUNDS[Ground(report.ground)] if report.ground else None,
        shows_text=AUTHOR in actors or is_staff_reading(actors) or not hides_text(report),
        as_of=now,
    )


def _met(community: Community, report_id: int, *, reader: Person | None) -> tuple[Report, frozenset[str]]:
    """The report and in which capacities the reader meets it."""
    found = Report.objects.filter(community=community, pk=report_id).select_related("organisation")
    report = found.order_by("pk").first()
    if report is None:
        raise Missing("report.missing")
    report.community = community
    actors = actors_of(reader, report)
    if not may_read(State(report.state), actors, was_public=was_public(report)):
        raise Missing("report.missing")
    return report if AUTHOR in actors or is_staff_reading(actors) else withhold(report), actors


def state_now(report: Report, now: datetime) -> State:
    """The clock decides: what has been closed for its twenty days is in the archive, whether or not a job came."""
    state = State(report.state)
    if state is State.CLOSED and report.archives_at is not None and now >= report.archives_at:
        return State.ARCHIVED
    return state


def clocks_of(report: Report, state: State) -> Sequence[ClockShown]:
    met_by_work = report.closed_at if state not in AT_WORK else None
    ends = (
        (ClockName.CHECKING, report.checking_due_at, report.published_at, state is State.CHECKING),
        (ClockName.ACCEPT, report.accept_due_at, report.accepted_at, state is State.OPEN),
        (ClockName.EXPLAIN, report.explain_due_at, earliest(report.explained_at, met_by_work), state in AT_WORK),
    )
    return [
        ClockShown(name=name, label=CLOCK_LABELS[name], due_at=due_at, met_at=met_at, runs=may_run and met_at is None)
        for name, due_at, met_at, may_run in ends
        if due_at is not None
    ]


def earliest(*moments: datetime | None) -> datetime | None:
    return min((each for each in moments if each is not None), default=None)
