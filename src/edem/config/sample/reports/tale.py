"""What happened to one report, step by step, through the reports' own table; what lies after now has not happened."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from edem.config.sample.office import Office
from edem.config.sample.steps import SampleStep, last_at
from edem.foundation.people.roles import Role
from edem.kernel.deadlines import kyiv_day
from edem.kernel.lifecycle import AUTHOR, CLOCK
from edem.services.reports.charter import Moderation, ReportCharter
from edem.services.reports.rules.grounds import Ground
from edem.services.reports.rules.lifecycle import State, Step, lifecycle_of
from edem.services.reports.rules.results import Result
from edem.services.reports.rules.terms import ClockName, clock, clocks_started_by

_LATEST_START: Final = 15
"""From this hour on, office work waits for the next day."""


class NotYet(Exception):
    """The story would go on, but only later than now."""


@dataclass(kw_only=True)
class Holding:
    """One organisation's time with the report."""

    body: str
    is_main: bool
    sent_at: datetime
    inform_due_at: datetime
    informed_at: datetime | None = None
    accepted_at: datetime | None = None
    executor: str = ""
    reported_at: datetime | None = None
    returned_at: datetime | None = None
    reason: str = ""
    passed_to: str = ""
    resent_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def holds(self) -> bool:
        return self.returned_at is None and self.closed_at is None


@dataclass(frozen=True, kw_only=True)
class TaleAnswer:
    at: datetime
    kind: str
    text: str
    body: str = ""
    actor: str = Role.WORKER
    due_at: datetime | None = None
    """Of the term that was missed, for a warning; its text is then the clock's name."""


@dataclass(kw_only=True)
class Tale:
    """The report's moments; `office` bounds them all by now."""

    rng: Random = field(compare=False)
    office: Office = field(compare=False)
    charter: ReportCharter
    submitted_at: datetime
    state: State = State.CHECKING
    steps: list[SampleStep[State, Step]] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    answers: list[TaleAnswer] = field(default_factory=list)
    result: Result | None = None
    result_text: str = ""
    addressee: str = ""
    ground: str = ""
    confirmed: bool | None = None
    confirmed_at: datetime | None = None
    explained_at: datetime | None = None
    checking_due_at: datetime | None = None
    accept_due_at: datetime | None = None
    explain_due_at: datetime | None = None
    archives_at: datetime | None = None
    reopened_count: int = 0
    self_organised: bool = False
    last: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.last = self.submitted_at

    def at(self, step: Step) -> datetime | None:
        return last_at(self.steps, step)

    def first(self, step: Step) -> datetime | None:
        return next((each.at for each in self.steps if each.step is step), None)

    @property
    def holder(self) -> Holding | None:
        return next((each for each in self.holdings if each.holds and each.is_main), None)

    def reach(self, at: datetime) -> datetime:
        at = max(at, self.last + timedelta(minutes=1))
        if at > self.office.now:
            raise NotYet
        self.last = at
        return at

    def working(self, days: int) -> datetime:
        """Some minute of the n-th working day from the last event; late in the day there is no today left."""
        return self.office.moment(self.working_day(days), after=self.last)

    def working_day(self, days: int) -> date:
        calendar, day = self.office.calendar, kyiv_day(self.last)
        if days:
            return calendar.add_working(day, days)
        late = self.last.astimezone(self.office.now.tzinfo).hour >= _LATEST_START
        return calendar.next_working(day + timedelta(days=1) if late else day)

    def after_days(self, days: float, *, since: datetime | None = None) -> datetime:
        """An office moment so many calendar days after an event."""
        day = self.office.calendar.next_working(kyiv_day((since or self.last) + timedelta(days=days)))
        return self.office.moment(day, after=self.last)

    def take(self, step: Step, at: datetime, *, actor: str, note: str = "") -> datetime:
        at = self.reach(at)
        transition = lifecycle_of(self.charter).transition(step, self.state)
        if actor not in transition.by:
            raise LookupError(f"{actor} may not {step} what is {self.state}")
        self.steps.append(SampleStep.taken(transition, source=self.state, at=at, actor=actor, note=note))
        self.state = transition.target
        self._clocks(step, at)
        return at

    def _clocks(self, step: Step, at: datetime) -> None:
        started = clocks_started_by(step, charter=self.charter, started_at=at, calendar=self.office.calendar)
        if ClockName.ACCEPT in started:
            self.accept_due_at = started[ClockName.ACCEPT].due_at
        if ClockName.EXPLAIN in started:
            self.explain_due_at, self.explained_at = started[ClockName.EXPLAIN].due_at, None
        if ClockName.ARCHIVE in started:
            self.archives_at = started[ClockName.ARCHIVE].due_at

    def publish(self) -> None:
        """At once, or after the moderator has read it."""
        if self.charter.moderation is Moderation.AFTER:
            self.take(Step.PUBLISH, self.submitted_at, actor=AUTHOR)
            return
        checking = clock(
            ClockName.CHECKING, charter=self.charter, started_at=self.submitted_at, calendar=self.office.calendar
        )
        self.checking_due_at = checking.due_at
        self.take(Step.PUBLISH, self.working(0), actor=Role.MODERATOR)

    def send(self, body: str, *, at: datetime, is_main: bool = True) -> None:
        informs = clock(ClockName.INFORM, charter=self.charter, started_at=at, calendar=self.office.calendar)
        self.holdings.append(Holding(body=body, is_main=is_main, sent_at=at, inform_due_at=informs.due_at))

    def inform(self) -> None:
        if self.holder is not None:
            self.holder.informed_at = self.reach(self.working(0))

    def accept(self, at: datetime, *, actor: str = Role.WORKER, executor: str = "") -> None:
        at = self.take(Step.ACCEPT, at, actor=actor)
        if self.holder is not None and actor != Role.MODERATOR:
            self.holder.accepted_at, self.holder.executor = at, executor
            self.holder.informed_at = self.holder.informed_at or at
        self.self_organised = actor == Role.MODERATOR

    def say(self, kind: str, at: datetime, text: str, *, actor: str = Role.WORKER) -> None:
        at = self.reach(at)
        body = self.holder.body if self.holder is not None and actor == Role.WORKER else ""
        self.answers.append(TaleAnswer(at=at, kind=kind, text=text, body=body, actor=actor))
        if kind == "explanation":
            self.explained_at = at

    def warn(self, name: ClockName, due_at: datetime | None) -> None:
        """The system warns in the control body's name, and the letter goes a second time."""
        if due_at is None:
            raise NotYet
        at = self.reach(due_at + timedelta(minutes=2))
        self.answers.append(TaleAnswer(at=at, kind="warning", text=name, actor=Role.CONTROL, due_at=due_at))
        if self.holder is not None:
            self.holder.resent_at = at

    def hand_on(self, at: datetime, reason: str, *, to: str) -> None:
        at = self.reach(at)
        if self.holder is not None:
            self.holder.passed_to, self.holder.reason, self.holder.returned_at = to, reason, at
        self.send(to, at=at)

    def close(self, at: datetime, result: Result, text: str, *, actor: str = Role.WORKER, addressee: str = "") -> None:
        at = self.take(Step.CLOSE, at, actor=actor, note=text)
        self.result, self.result_text, self.addressee = result, text, addressee
        self.confirmed = self.confirmed_at = None
        for each in self.holdings:
            if each.holds:
                each.closed_at, each.reported_at = at, at - timedelta(minutes=40)

    def reject(self, at: datetime, ground: Ground, note: str) -> None:
        at = self.take(Step.REJECT, at, actor=Role.MODERATOR, note=note)
        self.ground = ground.value
        for each in self.holdings:
            each.closed_at = each.closed_at or at

    def judge(self, at: datetime, *, is_solved: bool) -> None:
        self.confirmed_at, self.confirmed = self.reach(at), is_solved

    def open_again(self, step: Step, at: datetime, note: str, *, actor: str = AUTHOR) -> None:
        body = next(each.body for each in reversed(self.holdings) if each.is_main)
        at = self.take(step, at, actor=actor, note=note)
        self.result, self.result_text, self.addressee = None, "", ""
        self.confirmed = self.confirmed_at = self.archives_at = None
        self.reopened_count += 1
        self.send(body, at=at)

    def archive(self) -> None:
        if self.archives_at is not None:
            self.take(Step.ARCHIVE, self.archives_at, actor=CLOCK)
