"""Taking one's signature back: for as long as signatures are given, and only where the charter lets it."""

from datetime import datetime

from edem.kernel.errors import Conflict
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.rules.collecting import Progress, check_may_sign, is_signable


def may_take_back(progress: Progress, charter: PetitionCharter, at: datetime) -> bool:
    return charter.signature_withdrawal and is_signable(progress, at)


def check_may_take_back(progress: Progress, charter: PetitionCharter, at: datetime) -> None:
    """Until the end of the term or the answer, as signing itself; what was reached stays reached."""
    if not charter.signature_withdrawal:
        raise Conflict("petition.signature_stays")
    check_may_sign(progress, at)
