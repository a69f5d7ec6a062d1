"""How a community may change its tree: three levels, names of sense, questions in the five forms."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from edem.kernel.errors import Conflict, Invalid
from edem.kernel.ukrainian import N_
from edem.services.reports.rules.tree import SEPARATOR

LEVELS: Final = 3
TITLE_MAX: Final = 120
WORDS_MAX: Final = 500
SCALE_MOST_M: Final = 2_000
WINDOW_MOST_HOURS: Final = 24 * 365
QUESTIONS_MOST: Final = 10
LABEL_MAX: Final = 200
OPTIONS_LEAST, OPTIONS_MOST, OPTION_MAX = 2, 20, 80

QUESTION_KINDS: Final = {
    "text": N_("текст"),
    "number": N_("число"),
    "date": N_("день"),
    "choice": N_("один варіант"),
    "choices": N_("кілька варіантів"),
}
WITH_OPTIONS: Final = frozenset({"choice", "choices"})


@dataclass(frozen=True, kw_only=True)
class CategoryTyped:
    """What an administrator says of a category."""

    title: str
    words: str = ""
    scale_m: int = 30
    window_hours: int = 720
    photo_required_on_closing: bool = False
    is_active: bool = True


@dataclass(frozen=True, kw_only=True)
class QuestionTyped:
    label: str
    kind: str
    required: bool = False
    options: tuple[str, ...] = ()


def check_category(typed: CategoryTyped) -> None:
    if not 2 <= len(typed.title) <= TITLE_MAX:  # noqa: PLR2004 - one letter names nothing
        raise Invalid("report.category_title_length", most=TITLE_MAX, field="title")
    if len(typed.words) > WORDS_MAX:
        raise Invalid("report.category_words_length", most=WORDS_MAX, field="words")
    if not 1 <= typed.scale_m <= SCALE_MOST_M:
        raise Invalid("report.category_scale", most=SCALE_MOST_M, field="scale_m")
    if not 1 <= typed.window_hours <= WINDOW_MOST_HOURS:
        raise Invalid("report.category_window", most=WINDOW_MOST_HOURS, field="window_hours")


def next_code(parent_code: str, siblings: Collection[str]) -> str:
    """The next free number under the parent; numbers are never given again, for old reports carry them."""
    if parent_code and parent_code.count(SEPARATOR) + 1 >= LEVELS:
        raise Conflict("report.category_too_deep", levels=LEVELS)
    last = max((int(code.rpartition(SEPARATOR)[2]) for code in siblings), default=0)
    return f"{parent_code}{SEPARATOR}{last + 1}" if parent_code else str(last + 1)


def question_of(typed: QuestionTyped, known: Sequence[object]) -> dict[str, object]:
    """As a category keeps it; the code stays with the question, whatever becomes of its words."""
    if len(known) >= QUESTIONS_MOST:
        raise Conflict("report.too_many_questions", most=QUESTIONS_MOST)
    if not 3 <= len(typed.label) <= LABEL_MAX:  # noqa: PLR2004 - «Як» asks nothing
        raise Invalid("report.question_length", most=LABEL_MAX, field="label")
    if typed.kind not in QUESTION_KINDS:
        raise Invalid("report.question_kind", field="kind")
    options = list(dict.fromkeys(typed.options)) if typed.kind in WITH_OPTIONS else []
    if typed.kind in WITH_OPTIONS and not OPTIONS_LEAST <= len(options) <= OPTIONS_MOST:
        raise Invalid("report.question_options", least=OPTIONS_LEAST, most=OPTIONS_MOST, field="options")
    if any(len(option) > OPTION_MAX for option in options):
        raise Invalid("report.question_option_length", most=OPTION_MAX, field="options")
    taken = {str(each["code"]) for each in known if isinstance(each, dict)}
    code = next(f"q{number}" for number in range(1, QUESTIONS_MOST + 2) if f"q{number}" not in taken)
    return {
        "code": code,
        "label": typed.label,
        "kind": typed.kind,
        "required": typed.required,
        "options": options,
    }
