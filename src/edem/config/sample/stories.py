"""Turns a petition's story («answered 34 days ago, considered for 9 days») into the dated steps behind it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from edem.config.sample.chronicle import Chronicle, Regulation
from edem.config.sample.office import ONE_DAY, Office
from edem.config.sample.plans import next_point_due, outcome_note, plan_note
from edem.config.sample.reading import PetitionText, PlanItem, Story
from edem.kernel.deadlines import KYIV, ends_at, kyiv_day, last_day, starts_of_day
from edem.services.petitions.rules.lifecycle import AWAITS_ANSWER, Step
from edem.services.petitions.rules.terms import clock_started_by


class Teller:
    """Tells the stories of one community's petitions as of `office.now`."""

    def __init__(self, rng: Random, *, office: Office, regulations: Sequence[Regulation]) -> None:
        self.rng, self.office, self.regulations = rng, office, regulations

    def tell(self, text: PetitionText) -> Chronicle:
        return _TALES[text.story.kind](self, text)

    def regulation_at(self, moment: datetime) -> Regulation:
        return max(
            (each for each in self.regulations if each.in_force_from <= moment), key=lambda each: each.in_force_from
        )

    def started(self, at: datetime) -> Chronicle:
        written = self.office.between(at - timedelta(days=6), at - timedelta(hours=1))
        return Chronicle(created_at=written, regulation=self.regulation_at(at))

    def submitted(self, at: datetime) -> Chronicle:
        chronicle = self.started(at)
        self.step(chronicle, Step.SUBMIT, at)
        return chronicle

    def published(self, day: date) -> Chronicle:
        """Submitted a day or two before, checked in time, open for signatures since a working day."""
        at = self.office.moment(day)
        checked_for = self.rng.choice((0, 1, 1, 2))
        sent = self.office.moment(self.office.working_before(day, checked_for + 1)) + timedelta(hours=4)
        chronicle = self.submitted(min(sent, at - timedelta(hours=2)))
        chronicle.regulation = self.regulation_at(at)
        self.step(chronicle, Step.PUBLISH, at)
        chronicle.closes_at = chronicle.due_at
        return chronicle

    def step(self, chronicle: Chronicle, step: Step, at: datetime, *, note: str = "") -> None:
        source = chronicle.state
        # The days to announce the consideration run from the threshold (the service's action does the same).
        started_at = chronicle.at(Step.REACH) if step is Step.HAND_OVER else None
        clock = clock_started_by(
            step,
            source,
            charter=chronicle.regulation.charter,
            started_at=started_at or at,
            calendar=self.office.calendar,
        )
        chronicle.add(step, at, note=note)
        chronicle.due_at = clock.due_at if clock else None
        chronicle.warn_at = clock.warn_at if clock else None
        if chronicle.state in AWAITS_ANSWER:
            chronicle.answer_due_at = chronicle.due_at

    def reached(self, day: date, *, took: int) -> Chronicle:
        evening = datetime.combine(day, time(self.rng.randint(17, 21), self.rng.randint(0, 59)), tzinfo=KYIV)
        return self.reached_at(min(evening, self.office.now - timedelta(minutes=95)), took=took)

    def reached_at(self, at: datetime, *, took: int) -> Chronicle:
        chronicle = self.published(self.office.working_on_or_before(kyiv_day(at) - took * ONE_DAY))
        self.step(chronicle, Step.REACH, at)
        return chronicle

    def announced(self, day: date, story: Story) -> Chronicle:
        chronicle = self.reached(self.office.working_before(day, self.rng.choice((1, 1, 2))), took=story.took)
        self.handed_over(chronicle, kyiv_day(chronicle.when(Step.REACH)) + ONE_DAY)
        at = self.office.moment(day, after=chronicle.when(Step.HAND_OVER))
        self.step(chronicle, Step.ANNOUNCE, at)
        return chronicle

    def handed_over(self, chronicle: Chronicle, day: date) -> None:
        """The next day, be it a Sunday: someone is on duty (003 §4.2)."""
        morning = datetime.combine(day, time(8, 40), tzinfo=KYIV) + timedelta(minutes=self.rng.randrange(80))
        self.step(chronicle, Step.HAND_OVER, max(morning, chronicle.when(Step.REACH) + timedelta(hours=1)))

    def answered(self, text: PetitionText) -> Chronicle:
        day = self.office.days_ago(text.story.answered)
        chronicle = self.announced(self.office.working_before(day, text.story.considered), text.story)
        self.step(chronicle, Step.ANSWER, self.office.moment(day, after=chronicle.when(Step.ANNOUNCE)))
        return chronicle

    def fell_short(self, story: Story) -> Chronicle:
        """It ended so many days ago, so it began a whole term before that, on a working day."""
        last = self.office.today - (story.ended + 1) * ONE_DAY
        term = self.regulations[-1].charter.collection
        chronicle = self.published(
            self.office.working_on_or_before(last - (last_day(term, last, self.office.calendar) - last))
        )
        closed = ends_at(chronicle.regulation.charter.collection, chronicle.when(Step.PUBLISH), self.office.calendar)
        self.step(chronicle, Step.FALL_SHORT, closed)
        self.step(chronicle, Step.TAKE_AS_APPEAL, closed)
        return chronicle


def _draft(teller: Teller, text: PetitionText) -> Chronicle:
    return teller.started(teller.office.now - text.story.started * ONE_DAY)


def _moderating(teller: Teller, text: PetitionText) -> Chronicle:
    office = teller.office
    if text.story.submitted:
        return teller.submitted(office.moment(office.working_days_ago(text.story.submitted)))
    return teller.submitted(office.now - timedelta(minutes=teller.rng.randint(25, 170)))


def _returned(teller: Teller, text: PetitionText) -> Chronicle:
    return _decided_at_desk(teller, text, Step.RETURN, teller.office.working_days_ago(text.story.returned))


def _refused(teller: Teller, text: PetitionText) -> Chronicle:
    return _decided_at_desk(teller, text, Step.REJECT, teller.office.days_ago(text.story.refused))


def _withdrawn(teller: Teller, text: PetitionText) -> Chronicle:
    return _decided_at_desk(teller, text, Step.WITHDRAW, teller.office.days_ago(text.story.withdrawn))


def _decided_at_desk(teller: Teller, text: PetitionText, step: Step, day: date) -> Chronicle:
    chronicle = teller.submitted(teller.office.moment(teller.office.working_before(day, 1)))
    teller.step(chronicle, step, teller.office.moment(day), note=text.note)
    return chronicle


def _collecting(teller: Teller, text: PetitionText) -> Chronicle:
    # A Saturday's petition was published on Monday: counted back, it might have ended already.
    day = teller.office.today - text.story.published * ONE_DAY
    return teller.published(min(teller.office.calendar.next_working(day), teller.office.last_day))


def _reached(teller: Teller, text: PetitionText) -> Chronicle:
    some_hours_ago = teller.office.now - timedelta(minutes=teller.rng.randint(130, 380))
    return teller.reached_at(some_hours_ago, took=text.story.took)


def _handed_over(teller: Teller, text: PetitionText) -> Chronicle:
    day = teller.office.working_days_ago(text.story.handed)
    chronicle = teller.reached(day - ONE_DAY, took=text.story.took)
    teller.handed_over(chronicle, day)
    return chronicle


def _considering(teller: Teller, text: PetitionText) -> Chronicle:
    return teller.announced(teller.office.working_days_ago(text.story.announced), text.story)


def _answered(teller: Teller, text: PetitionText) -> Chronicle:
    return teller.answered(text)


def _fulfilling(teller: Teller, text: PetitionText) -> Chronicle:
    chronicle = teller.answered(text)
    answered = kyiv_day(chronicle.when(Step.ANSWER))
    day = teller.office.calendar.add_working(answered, 1)
    note = plan_note(text, answered=answered)
    teller.step(chronicle, Step.START_FULFILMENT, teller.office.moment(day), note=note)
    due = next_point_due(text, answered=answered)
    chronicle.due_at = starts_of_day(due + ONE_DAY) if due else None
    return chronicle


def _fulfilled(teller: Teller, text: PetitionText) -> Chronicle:
    return _finished(teller, text, Step.FULFIL, max(point.done or 0 for point in _plan(text)))


def _unfulfilled(teller: Teller, text: PetitionText) -> Chronicle:
    return _finished(teller, text, Step.GIVE_UP, max(point.due for point in _plan(text)) + 12)


def _finished(teller: Teller, text: PetitionText, step: Step, days: int) -> Chronicle:
    chronicle = _fulfilling(teller, text)
    answered = kyiv_day(chronicle.when(Step.ANSWER))
    day = teller.office.calendar.next_working(answered + max(days, 2) * ONE_DAY)
    at = teller.office.moment(day, after=chronicle.when(Step.START_FULFILMENT))
    teller.step(chronicle, step, at, note=outcome_note(text, answered=answered))
    return chronicle


def _plan(text: PetitionText) -> tuple[PlanItem, ...]:
    return text.answer.plan if text.answer else ()


def _appeal(teller: Teller, text: PetitionText) -> Chronicle:
    return teller.fell_short(text.story)


def _appeal_answered(teller: Teller, text: PetitionText) -> Chronicle:
    chronicle = teller.fell_short(text.story)
    closed = kyiv_day(chronicle.when(Step.FALL_SHORT))
    day = teller.office.working_on_or_before(closed + text.story.after * ONE_DAY)
    teller.step(chronicle, Step.ANSWER, teller.office.moment(day))
    return chronicle


_TALES: Final[Mapping[str, Callable[[Teller, PetitionText], Chronicle]]] = {
    "draft": _draft,
    "moderating": _moderating,
    "returned": _returned,
    "refused": _refused,
    "withdrawn": _withdrawn,
    "collecting": _collecting,
    "reached": _reached,
    "handed_over": _handed_over,
    "considering": _considering,
    "answered": _answered,
    "fulfilling": _fulfilling,
    "fulfilled": _fulfilled,
    "unfulfilled": _unfulfilled,
    "appeal": _appeal,
    "appeal_answered": _appeal_answered,
}
