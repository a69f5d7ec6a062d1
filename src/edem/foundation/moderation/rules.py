"""What moderation knows by itself: decisions, grounds and why a reader may report something. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from edem.kernel.errors import Conflict, Invalid
from edem.kernel.ukrainian import N_


class Decision(StrEnum):
    APPROVED = "approved"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """Its author took it back before anybody decided."""


DECISION_LABELS = {
    Decision.APPROVED: N_("схвалено"),
    Decision.RETURNED: N_("повернуто на доопрацювання"),
    Decision.REFUSED: N_("відхилено"),
    Decision.WITHDRAWN: N_("відкликано автором"),
}


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Why something may be refused: each service brings its own, with the clause behind it."""

    code: str
    label: str
    clause: str


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is moderated: a service, a kind of thing in it, and which one."""

    service: str
    kind: str
    subject_id: str


class ReportReason(StrEnum):
    HATRED = "hatred"
    PERSONAL_DATA = "personal_data"
    UNTRUE = "untrue"
    ADVERTISING = "advertising"
    OTHER = "other"


REPORT_REASONS = {
    ReportReason.HATRED: N_("Образи або заклики до ненависті чи насильства"),
    ReportReason.PERSONAL_DATA: N_("Чужі особисті дані"),
    ReportReason.UNTRUE: N_("Свідома неправда"),
    ReportReason.ADVERTISING: N_("Реклама"),
    ReportReason.OTHER: N_("Інше"),
}

LONGEST_WORDS = 1000
MOST_REPORTS_A_DAY = 20
"""From one person: enough for anybody who reads, too few to drown the moderators."""

_RULES = N_("Правила громади")
HIDING_GROUNDS = {
    ground.code: ground
    for ground in (
        Ground(
            code="hatred",
            label=N_("Образи, погрози, заклики до ненависті чи насильства"),
            clause=N_("Цивільний кодекс України, ст. 297; Кримінальний кодекс України, ст. 161"),
        ),
        Ground(
            code="personal_data",
            label=N_("Чужі персональні дані"),
            clause=N_("Закон «Про захист персональних даних», ст. 14"),
        ),
        Ground(
            code="untrue",
            label=N_("Недостовірні відомості про людину"),
            clause=N_("Цивільний кодекс України, ст. 277"),
        ),
        Ground(
            code="court",
            label=N_("Рішення суду"),
            clause=N_("Конституція України, ст. 129-1"),
        ),
        Ground(code="advertising", label=N_("Реклама або розсилка"), clause=_RULES),
        Ground(code="off_topic", label=N_("Не стосується справи"), clause=_RULES),
    )
}
"""Why something that a person wrote may be taken down, or not put up; what a service checks by law has its own."""


def check_decision(decision: Decision, *, ground: Ground | None, reason: str) -> None:
    """A refusal names its ground and its reason; a return says what to mend."""
    if decision is Decision.REFUSED and ground is None:
        raise Invalid("moderation.ground_needed")
    if decision in {Decision.RETURNED, Decision.REFUSED} and not reason.strip():
        raise Invalid("moderation.reason_needed")


def check_report(reason: ReportReason, words: str, *, today: int = 0) -> None:
    if today >= MOST_REPORTS_A_DAY:
        raise Conflict("moderation.too_many_reports")
    if reason is ReportReason.OTHER and not words.strip():
        raise Invalid("moderation.words_needed")
    if len(words) > LONGEST_WORDS:
        raise Invalid("moderation.words_too_long", most=LONGEST_WORDS)
