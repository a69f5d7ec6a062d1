"""Excluding fraudulent signatures: proposed by one officer, decided by another, undone the same way (Art. 23-1)."""

from enum import StrEnum
from typing import Final
from uuid import UUID

from edem.kernel.errors import NotAllowed
from edem.kernel.grounds import GroundLook
from edem.kernel.lifecycle import Lifecycle, Note, StateLook, Transition
from edem.kernel.ukrainian import N_
from edem.services.petitions.rules.lifecycle import CHARTER, LAW, MAYOR, OFFICER


class Ground(StrEnum):
    AUTOMATED = "automated"
    WITHOUT_CONSENT = "without_consent"
    NOT_A_MEMBER = "not_a_member"
    SHEET = "sheet"
    COURT = "court"
    SAME_PERSON = "same_person"
    """Nobody proposes it: it follows from two accounts having been found to be one person's."""


GROUNDS: Final = {
    # Art. 23-1 obliges the council to prevent «автоматичне введення інформації… без участі громадянина».
    Ground.AUTOMATED: GroundLook(label=N_("Підписано автоматично, без участі людини"), clause=LAW),
    Ground.WITHOUT_CONSENT: GroundLook(label=N_("Підписано від імені людини без її згоди"), clause=LAW),
    Ground.NOT_A_MEMBER: GroundLook(label=N_("Підписала людина не з нашої громади"), clause=LAW),
    Ground.SHEET: GroundLook(label=N_("Підписний лист заповнено з порушеннями"), clause=CHARTER),
    Ground.SAME_PERSON: GroundLook(label=N_("Одна людина підписала двічі, за різними документами"), clause=LAW),
    Ground.COURT: GroundLook(label=N_("Рішення суду"), clause=N_("Конституція України, ст. 129-1")),
}


CHOSEN_BY_OFFICERS: Final = frozenset(GROUNDS) - {Ground.SAME_PERSON}


class Standing(StrEnum):
    PROPOSED = "proposed"
    DECLINED = "declined"
    HOLDS = "holds"
    RETURN_PROPOSED = "return_proposed"
    UNDONE = "undone"


class Move(StrEnum):
    CONFIRM = "confirm"
    DECLINE = "decline"
    PROPOSE_RETURN = "propose_return"
    RETURN = "return"
    KEEP = "keep"


PROPOSE: Final = "propose"
"""How an exclusion begins, in its history; it is no step of the table, for it comes from nowhere."""
PROPOSERS: Final = OFFICER
DECIDERS: Final = OFFICER | MAYOR

STANDINGS: Final = {
    Standing.PROPOSED: StateLook(label=N_("Чекає на другого спеціаліста"), tone="warning", shape="○"),
    Standing.DECLINED: StateLook(label=N_("Не погоджено"), tone="archive", shape="▢", final=True),
    Standing.HOLDS: StateLook(label=N_("Підписи виключено"), tone="closed", shape="■"),
    Standing.RETURN_PROPOSED: StateLook(label=N_("Пропонують повернути підписи"), tone="warning", shape="▲"),
    Standing.UNDONE: StateLook(label=N_("Підписи повернено"), tone="archive", shape="▢", final=True),
}

PROCEDURE: Final = Lifecycle(
    states=STANDINGS,
    start=Standing.PROPOSED,
    road=(Standing.PROPOSED, Standing.HOLDS, Standing.RETURN_PROPOSED, Standing.UNDONE),
    transitions=(
        Transition(
            step=Move.CONFIRM,
            sources=frozenset({Standing.PROPOSED}),
            target=Standing.HOLDS,
            by=DECIDERS,
            label=N_("Виключити підписи"),
            clause=CHARTER,
        ),
        Transition(
            step=Move.DECLINE,
            sources=frozenset({Standing.PROPOSED}),
            target=Standing.DECLINED,
            by=DECIDERS,
            label=N_("Не виключати"),
            clause=CHARTER,
            note=Note.REQUIRED,
        ),
        Transition(
            step=Move.PROPOSE_RETURN,
            sources=frozenset({Standing.HOLDS}),
            target=Standing.RETURN_PROPOSED,
            by=DECIDERS,
            label=N_("Запропонувати повернути підписи"),
            clause=CHARTER,
            note=Note.REQUIRED,
        ),
        Transition(
            step=Move.RETURN,
            sources=frozenset({Standing.RETURN_PROPOSED}),
            target=Standing.UNDONE,
            by=DECIDERS,
            label=N_("Повернути підписи"),
            clause=CHARTER,
        ),
        Transition(
            step=Move.KEEP,
            sources=frozenset({Standing.RETURN_PROPOSED}),
            target=Standing.HOLDS,
            by=DECIDERS,
            label=N_("Залишити виключеними"),
            clause=CHARTER,
            note=Note.REQUIRED,
        ),
    ),
)

WAITING: Final = frozenset({Standing.PROPOSED, Standing.RETURN_PROPOSED})
"""A proposal that a second person has yet to decide."""
TOOK_PLACE: Final = frozenset({Standing.HOLDS, Standing.RETURN_PROPOSED, Standing.UNDONE})
"""What everybody reads on the petition's page, for ever."""
NEEDS_ANOTHER_PERSON: Final = frozenset({Move.CONFIRM, Move.RETURN})
"""What moves the count takes two people; dropping a proposal, one's own too, takes one."""


def check_another_person(move: Move, *, proposed_by: UUID, by: UUID) -> None:
    if move in NEEDS_ANOTHER_PERSON and proposed_by == by:
        raise NotAllowed("exclusion.own_proposal")


def may_decide(move: Move, *, proposed_by: UUID, by: UUID) -> bool:
    return move not in NEEDS_ANOTHER_PERSON or proposed_by != by
