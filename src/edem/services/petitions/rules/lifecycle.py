"""The life of a petition as one table: Art. 23-1 and the charter. Buttons, clocks, timeline and tests read it."""

from enum import StrEnum
from typing import Final

from edem.foundation.people.roles import Role
from edem.kernel.lifecycle import AUTHOR, CLOCK, Lifecycle, Note, StateLook, Transition
from edem.kernel.ukrainian import N_


class State(StrEnum):
    DRAFT = "draft"
    MODERATION = "moderation"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    COLLECTING = "collecting"
    REACHED = "reached"
    HANDED_OVER = "handed_over"
    CONSIDERATION = "consideration"
    FELL_SHORT = "fell_short"
    APPEAL = "appeal"
    ANSWERED = "answered"
    FULFILMENT = "fulfilment"
    FULFILLED = "fulfilled"
    NOT_FULFILLED = "not_fulfilled"


class Step(StrEnum):
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    REJECT = "reject"
    PUBLISH = "publish"
    REACH = "reach"
    FALL_SHORT = "fall_short"
    TAKE_AS_APPEAL = "take_as_appeal"
    HAND_OVER = "hand_over"
    ANNOUNCE = "announce"
    ANSWER = "answer"
    START_FULFILMENT = "start_fulfilment"
    FULFIL = "fulfil"
    GIVE_UP = "give_up"
    CONTINUE = "continue"
    COLLECT_ON = "collect_on"
    COUNT_SHORT = "count_short"


class Decision(StrEnum):
    """What the answer says."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    DECLINED = "declined"
    EXPLAINED = "explained"
    """The answer to an ordinary appeal that neither supports nor declines."""


DECISION_LABELS: Final = {
    Decision.SUPPORTED: N_("Підтримано"),
    Decision.PARTLY: N_("Підтримано частково"),
    Decision.DECLINED: N_("Не підтримано"),
    Decision.EXPLAINED: N_("Надано роз’яснення"),
}

OFFICER = frozenset({Role.OFFICER.value})
MAYOR = frozenset({Role.MAYOR.value})
MODERATOR = frozenset({Role.MODERATOR.value})
BY_AUTHOR = frozenset({AUTHOR})
BY_CLOCK = frozenset({CLOCK})

LAW: Final = N_("Закон «Про звернення громадян», ст. 23-1")
APPEALS: Final = N_("Закон «Про звернення громадян», ст. 20")
CHARTER: Final = N_("Положення про електронні петиції громади")

STATES: Final = {
    State.DRAFT: StateLook(label=N_("Чернетка"), tone="neutral", shape="○", public=False),
    State.MODERATION: StateLook(label=N_("На модерації"), tone="neutral", shape="○", public=False),
    State.RETURNED: StateLook(label=N_("Повернута на доопрацювання"), tone="warning", shape="▲", public=False),
    State.REJECTED: StateLook(label=N_("Відхилена"), tone="archive", shape="▢", final=True),
    State.WITHDRAWN: StateLook(label=N_("Відкликана автором"), tone="archive", shape="▢", final=True),
    State.COLLECTING: StateLook(label=N_("Триває збір підписів"), tone="accepted", shape="●"),
    State.REACHED: StateLook(label=N_("Набрала підписи"), tone="accepted", shape="◆"),
    State.HANDED_OVER: StateLook(label=N_("Передана голові"), tone="accepted", shape="◆"),
    State.CONSIDERATION: StateLook(label=N_("На розгляді"), tone="accepted", shape="◆"),
    State.FELL_SHORT: StateLook(label=N_("Не набрала підписів"), tone="archive", shape="▢"),
    State.APPEAL: StateLook(label=N_("Розглядається як звернення"), tone="neutral", shape="◆"),
    State.ANSWERED: StateLook(label=N_("З відповіддю"), tone="closed", shape="■", final=False),
    State.FULFILMENT: StateLook(label=N_("На виконанні"), tone="accepted", shape="◆"),
    State.FULFILLED: StateLook(label=N_("Виконана"), tone="closed", shape="■", final=True),
    State.NOT_FULFILLED: StateLook(label=N_("Не виконана"), tone="open", shape="■", final=True),
}

LIFECYCLE: Final = Lifecycle(
    states=STATES,
    start=State.DRAFT,
    road=(
        State.DRAFT,
        State.MODERATION,
        State.COLLECTING,
        State.REACHED,
        State.HANDED_OVER,
        State.CONSIDERATION,
        State.ANSWERED,
        State.FULFILMENT,
        State.FULFILLED,
    ),
    transitions=(
        Transition(
            step=Step.SUBMIT,
            sources=frozenset({State.DRAFT, State.RETURNED}),
            target=State.MODERATION,
            by=BY_AUTHOR,
            label=N_("Надіслати на перевірку"),
            clause=LAW,
            starts="checking",
        ),
        Transition(
            step=Step.PUBLISH,
            sources=frozenset({State.MODERATION}),
            target=State.COLLECTING,
            by=MODERATOR,
            label=N_("Оприлюднити"),
            clause=LAW,
            starts="collection",
        ),
        Transition(
            step=Step.RETURN,
            sources=frozenset({State.MODERATION}),
            target=State.RETURNED,
            by=MODERATOR,
            label=N_("Повернути на доопрацювання"),
            clause=CHARTER,
            note=Note.REQUIRED,
        ),
        Transition(
            step=Step.REJECT,
            sources=frozenset({State.MODERATION}),
            target=State.REJECTED,
            by=MODERATOR,
            label=N_("Відхилити"),
            clause=LAW,
            note=Note.REQUIRED,
        ),
        Transition(
            step=Step.WITHDRAW,
            sources=frozenset({State.DRAFT, State.MODERATION, State.RETURNED, State.COLLECTING}),
            target=State.WITHDRAWN,
            by=BY_AUTHOR,
            label=N_("Відкликати петицію"),
            clause=CHARTER,
            note=Note.OPTIONAL,
        ),
        Transition(
            step=Step.REACH,
            # From the appeal too: a sheet whose scan came in time may be confirmed after the end (decision 0008).
            sources=frozenset({State.COLLECTING, State.APPEAL}),
            target=State.REACHED,
            by=BY_CLOCK,
            label=N_("Набрано потрібну кількість підписів"),
            clause=LAW,
            starts="hand_over",
        ),
        Transition(
            step=Step.FALL_SHORT,
            sources=frozenset({State.COLLECTING}),
            target=State.FELL_SHORT,
            by=BY_CLOCK,
            label=N_("Збір підписів завершено"),
            clause=LAW,
        ),
        Transition(
            step=Step.TAKE_AS_APPEAL,
            sources=frozenset({State.FELL_SHORT}),
            target=State.APPEAL,
            by=BY_CLOCK,
            label=N_("Розглядати як звернення громадян"),
            clause=LAW,
            starts="appeal",
        ),
        Transition(
            step=Step.HAND_OVER,
            sources=frozenset({State.REACHED}),
            target=State.HANDED_OVER,
            by=OFFICER,
            label=N_("Передати голові громади"),
            clause=LAW,
            starts="announcement",
        ),
        Transition(
            step=Step.ANNOUNCE,
            sources=frozenset({State.HANDED_OVER}),
            target=State.CONSIDERATION,
            by=MAYOR | OFFICER,
            label=N_("Оголосити початок розгляду"),
            clause=LAW,
            starts="consideration",
        ),
        Transition(
            step=Step.ANSWER,
            sources=frozenset({State.CONSIDERATION}),
            target=State.ANSWERED,
            by=MAYOR,
            label=N_("Оприлюднити відповідь"),
            clause=LAW,
            note=Note.REQUIRED,
        ),
        Transition(
            step=Step.ANSWER,
            sources=frozenset({State.APPEAL}),
            target=State.ANSWERED,
            by=MAYOR | OFFICER,
            label=N_("Оприлюднити відповідь"),
            clause=APPEALS,
            note=Note.REQUIRED,
        ),
        Transition(
            step=Step.START_FULFILMENT,
            sources=frozenset({State.ANSWERED}),
            target=State.FULFILMENT,
            by=OFFICER | MAYOR,
            label=N_("Почати виконання"),
            clause=CHARTER,
            note=Note.REQUIRED,
        ),
        Transition(
            step=Step.FULFIL,
            sources=frozenset({State.FULFILMENT}),
            target=State.FULFILLED,
            by=OFFICER | MAYOR,
            label=N_("Позначити виконаною"),
            clause=CHARTER,
            note=Note.REQUIRED,
        ),
        Transition(
            step=Step.GIVE_UP,
            sources=frozenset({State.FULFILMENT}),
            target=State.NOT_FULFILLED,
            by=OFFICER | MAYOR,
            label=N_("Позначити невиконаною"),
            clause=CHARTER,
            note=Note.REQUIRED,
        ),
        # Exclusions took it below its threshold: an officer says what follows (rules/shortfall.py).
        *(
            Transition(
                step=Step.CONTINUE,
                sources=frozenset({state}),
                target=state,
                by=OFFICER,
                label=N_("Розглядати далі попри виключення"),
                clause=CHARTER,
                note=Note.REQUIRED,
            )
            for state in (State.REACHED, State.HANDED_OVER, State.CONSIDERATION)
        ),
        Transition(
            step=Step.COLLECT_ON,
            sources=frozenset({State.REACHED, State.HANDED_OVER, State.CONSIDERATION}),
            target=State.COLLECTING,
            by=OFFICER,
            label=N_("Повернути до збору підписів"),
            clause=CHARTER,
            note=Note.REQUIRED,
        ),
        Transition(
            step=Step.COUNT_SHORT,
            sources=frozenset({State.REACHED, State.HANDED_OVER, State.CONSIDERATION}),
            target=State.FELL_SHORT,
            by=OFFICER,
            label=N_("Визнати, що підписів не вистачило"),
            clause=CHARTER,
            note=Note.REQUIRED,
        ),
    ),
)

SIGNABLE: Final = frozenset({State.COLLECTING, State.REACHED, State.HANDED_OVER, State.CONSIDERATION})
"""Signing goes on to the end of the term or to the answer, whichever is first (charter)."""

MAY_REACH: Final = frozenset({State.COLLECTING, State.APPEAL})
"""Where the last needed signature still changes the road; later it only adds to the count."""

IN_PUBLIC: Final = frozenset(state for state, look in STATES.items() if look.public)
BEFORE_PUBLICATION: Final = frozenset({State.DRAFT, State.MODERATION, State.RETURNED})
AWAITS_ANSWER: Final = frozenset({State.CONSIDERATION, State.APPEAL})
"""Their term is the term for the answer."""
MAY_BE_CARRIED_OUT: Final = frozenset({Decision.SUPPORTED, Decision.PARTLY})

RESPONSIBLE: Final = {
    State.MODERATION: MODERATOR,
    State.REACHED: OFFICER,
    State.HANDED_OVER: MAYOR | OFFICER,
    State.CONSIDERATION: MAYOR,
    State.APPEAL: MAYOR | OFFICER,
    State.FULFILMENT: OFFICER,
}
"""Whose move it is: they are reminded before a term ends."""
