"""Why a report may be kept from the public: the act, §5.2."""

from enum import StrEnum
from typing import Final

from edem.kernel.grounds import GroundLook
from edem.kernel.ukrainian import N_


class Ground(StrEnum):
    OBSCENE = "obscene"
    THREAT = "threat"
    INCORRECT = "incorrect"
    OFF_TOPIC = "off_topic"


CLAUSE: Final = N_("Порядок роботи з повідомленнями, п. 5.2")

GROUNDS: Final = {
    Ground.OBSCENE: GroundLook(label=N_("Нецензурні або образливі вирази"), clause=CLAUSE, hides_text=True),
    Ground.THREAT: GroundLook(label=N_("Загрози життю, здоров’ю чи майну особи"), clause=CLAUSE, hides_text=True),
    Ground.INCORRECT: GroundLook(label=N_("Некоректна інформація"), clause=CLAUSE, hides_text=True),
    Ground.OFF_TOPIC: GroundLook(label=N_("Не відповідає напрямам системи"), clause=CLAUSE),
}
