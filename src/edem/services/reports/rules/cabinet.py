"""What the cabinet offers each role of an organisation on one report (the act, §4.2–4.5). Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from edem.foundation.people.roles import Role
from edem.kernel.ukrainian import N_
from edem.services.reports.rules.lifecycle import AT_WORK, State
from edem.services.reports.rules.terms import ClockName


class Act(StrEnum):
    ACCEPT = "accept"
    CLOSE = "close"
    DONE = "done"
    INFORM = "inform"
    APPOINT = "appoint"
    LINK = "link"
    REFUSE = "refuse"
    ASK = "ask"
    ANSWER = "answer"
    EXPLAIN = "explain"
    PHOTOS = "photos"
    NOTE = "note"


ACT_LABELS: Final = {
    Act.ACCEPT: N_("Прийняти в роботу"),
    Act.CLOSE: N_("Закрити"),
    Act.DONE: N_("Зроблено"),
    Act.INFORM: N_("Керівника поінформовано"),
    Act.APPOINT: N_("Призначити виконавця"),
    Act.LINK: N_("Посилання для підрядника"),
    Act.REFUSE: N_("Це не наше"),
    Act.ASK: N_("Запитати автора"),
    Act.ANSWER: N_("Відповісти"),
    Act.EXPLAIN: N_("Пояснити, чому ще не вирішено"),
    Act.PHOTOS: N_("Додати фото роботи"),
    Act.NOTE: N_("Внутрішня нотатка"),
}

OF_ROLE: Final = {
    Role.WORKER.value: frozenset(Act),
    Role.HEAD.value: frozenset({Act.INFORM, Act.APPOINT, Act.LINK, Act.ASK, Act.ANSWER, Act.NOTE}),
    Role.EXECUTOR.value: frozenset({Act.DONE, Act.PHOTOS, Act.ASK, Act.ANSWER, Act.EXPLAIN, Act.NOTE}),
}


class Purpose(StrEnum):
    """Why somebody opens a report again; what does not wait is folded by these."""

    HANDS = "hands"
    WORK = "work"
    WORDS = "words"
    OTHER = "other"


PURPOSE_LABELS: Final = {
    Purpose.HANDS: N_("Хто робить"),
    Purpose.WORK: N_("Хід роботи"),
    Purpose.WORDS: N_("Написати авторові"),
    Purpose.OTHER: N_("Повернути або занотувати"),
}
PURPOSE_OF: Final = {
    Act.INFORM: Purpose.HANDS,
    Act.APPOINT: Purpose.HANDS,
    Act.LINK: Purpose.HANDS,
    Act.ACCEPT: Purpose.WORK,
    Act.PHOTOS: Purpose.WORK,
    Act.DONE: Purpose.WORK,
    Act.CLOSE: Purpose.WORK,
    Act.ASK: Purpose.WORDS,
    Act.ANSWER: Purpose.WORDS,
    Act.EXPLAIN: Purpose.WORDS,
    Act.REFUSE: Purpose.OTHER,
    Act.NOTE: Purpose.OTHER,
}
ALWAYS: Final = frozenset({Act.ASK, Act.ANSWER, Act.NOTE})
"""While anybody can read it; the rest only while somebody works on it."""
IN_BULK: Final = (Act.ACCEPT, Act.INFORM, Act.APPOINT)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the organisation stands with the report."""

    state: State
    is_main: bool
    is_informed: bool
    is_accepted: bool
    worker_closes_reopened: bool


def acts_for(roles: Collection[str], standing: Standing) -> Sequence[Act]:
    """All that these roles may do now, by weight; which one waits, `next_act` says."""
    offered = frozenset().union(*(OF_ROLE.get(role, frozenset()) for role in roles))
    return [act for act in Act if act in offered and _is_now(act, standing)]


def next_act(
    acts: Collection[Act], *, clock: ClockName | None, is_appointed: bool = False, is_reported: bool = False
) -> Act | None:
    """The one that waits: what the nearest term asks for, else the work itself. None: it is others' turn."""
    waiting = [
        *([Act.INFORM] if clock is ClockName.INFORM else []),
        Act.ACCEPT,
        Act.CLOSE,
        *([] if is_reported else [Act.DONE]),
        *([] if is_appointed else [Act.APPOINT]),
    ]
    return next((act for act in waiting if act in acts), None)


def folded(acts: Sequence[Act], *, next_one: Act | None) -> Sequence[tuple[Purpose, Sequence[Act]]]:
    """The rest, by what they are for."""
    rest = [act for act in PURPOSE_OF if act in acts and act is not next_one]
    parts = [(purpose, [act for act in rest if PURPOSE_OF[act] is purpose]) for purpose in Purpose]
    return [(purpose, offered) for purpose, offered in parts if offered]


def _is_now(act: Act, standing: Standing) -> bool:
    if act in ALWAYS:
        return True
    if standing.state not in AT_WORK:
        return False
    match act:
        case Act.ACCEPT:
            return not standing.is_accepted
        case Act.INFORM:
            return not standing.is_informed
        case Act.CLOSE:
            return standing.is_main and _may_close(standing)
        case _:
            return True


def _may_close(standing: Standing) -> bool:
    reopened = standing.state is State.REOPENED and standing.worker_closes_reopened
    return standing.state is State.ACCEPTED or reopened
