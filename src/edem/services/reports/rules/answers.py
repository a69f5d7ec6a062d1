"""Answers to the extra questions of categories: only what was asked, in the form asked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Final

from edem.kernel.errors import Invalid
from edem.services.reports.rules.draft import tidy_paragraphs

ANSWER_MAX: Final = 1_000

Question = Mapping[str, object]
"""{"code", "label", "kind", "required", "options": [texts]} as a category keeps it."""


def check_answers(questions: Iterable[Question], given: Mapping[str, object]) -> dict[str, object]:
    """What is kept: an answer that nobody asked for is dropped, a required one must be there."""
    kept: dict[str, object] = {}
    for question in questions:
        code = str(question["code"])
        answer = given.get(code)
        value = None if is_blank(answer) else checked(question, answer)
        if not is_blank(value):
            kept[code] = value
        elif question.get("required"):
            raise Invalid("report.answer_needed", question=question["label"], field=f"answer_{code}")
    return kept


def is_blank(answer: object) -> bool:
    return answer is None or answer in ("", [], ())


def checked(question: Question, answer: object) -> object:
    kind, options = str(question.get("kind", "text")), question.get("options") or ()
    try:
        return _as_asked(kind, options, answer)
    except ValueError:
        field = f"answer_{question['code']}"
        raise Invalid("report.answer_wrong", question=question["label"], field=field) from None


def _as_asked(kind: str, options: object, answer: object) -> object:
    match kind:
        case "number":
            return finite(float(str(answer).replace(",", ".")))
        case "date":
            return date.fromisoformat(str(answer)).isoformat()
        case "choice":
            return one_of(options, answer)
        case "choices":
            return [one_of(options, each) for each in listed(answer)]
        case _:
            return tidy_paragraphs(str(answer)[:ANSWER_MAX])


def finite(number: float) -> float:
    if not isfinite(number):
        raise ValueError(number)
    return number


def one_of(options: object, answer: object) -> str:
    if not isinstance(options, Sequence) or answer not in options:
        raise ValueError(answer)
    return str(answer)


def listed(answer: object) -> Sequence[object]:
    return answer if isinstance(answer, list | tuple) else [answer]
