"""Why a petition may be refused publication: Art. 23-1, and Art. 8 for anonymous ones."""

from enum import StrEnum
from typing import Final

from edem.kernel.grounds import GroundLook
from edem.kernel.ukrainian import N_
from edem.services.petitions.rules.lifecycle import LAW


class Ground(StrEnum):
    NOT_COMPETENT = "not_competent"
    AGAINST_ORDER = "against_order"
    NO_CONTENT = "no_content"
    DUPLICATE = "duplicate"


GROUNDS: Final = {
    Ground.NOT_COMPETENT: GroundLook(label=N_("Питання не належить до повноважень ради"), clause=LAW),
    Ground.AGAINST_ORDER: GroundLook(
        label=N_("Заклик до повалення конституційного ладу, війни, насильства, ворожнечі чи посягання на права людини"),
        clause=LAW,
        hides_text=True,
    ),
    Ground.NO_CONTENT: GroundLook(label=N_("Немає суті звернення або вимоги"), clause=LAW),
    Ground.DUPLICATE: GroundLook(label=N_("Така петиція вже збирає підписи"), clause=LAW),
}
