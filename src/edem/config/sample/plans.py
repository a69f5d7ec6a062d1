"""The words in which a plan of fulfilment, and what became of it, enter the public history."""

from datetime import date, timedelta

from edem.config.sample.reading import AnswerText, PetitionText, PlanItem
from edem.kernel.ukrainian import plural


def plan_note(text: PetitionText, *, answered: date) -> str:
    lines = [
        f"{number}. {point.what} — до {_day(answered, point.due)}."
        for number, point in enumerate(_answer(text).plan, start=1)
    ]
    return "План виконання:\n\n" + "\n".join(lines)


def outcome_note(text: PetitionText, *, answered: date) -> str:
    lines = [
        f"{number}. {point.what} — {_what_became(point, answered)}"
        for number, point in enumerate(_answer(text).plan, start=1)
    ]
    told = _answer(text).outcome
    return "\n\n".join(part for part in (told, "\n".join(lines)) if part)


def next_point_due(text: PetitionText, *, answered: date) -> date | None:
    """The last day of the first point that is not done yet."""
    left = [point.due for point in _answer(text).plan if point.done is None]
    return answered + timedelta(days=min(left)) if left else None


def _what_became(point: PlanItem, answered: date) -> str:
    if point.done is None:
        return "не виконано."
    done = f"виконано {_day(answered, point.done)}"
    late = point.done - point.due
    if late > 0:
        done += f", на {late} {plural(late, 'день', 'дні', 'днів')} пізніше плану"
    return f"{done}. {point.evidence}".rstrip()


def _day(answered: date, days: int) -> str:
    return f"{answered + timedelta(days=days):%d.%m.%Y}"


def _answer(text: PetitionText) -> AnswerText:
    if text.answer is None:
        raise LookupError(f"{text.key} has no answer")
    return text.answer
