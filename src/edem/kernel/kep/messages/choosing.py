"""Which of the certificates at hand is the signer's."""

from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages.binding import reference_check
from edem.kernel.kep.messages.ground import Ground
from edem.kernel.kep.messages.signed import SignerRecord
from edem.kernel.kep.verdict import Result


def certificate_of(signer: SignerRecord, *, ground: Ground) -> Certificate | None:
    """By the name that the signer gives; of several the one that the signed reference means."""
    try:
        named = ground.named(signer.by)
    except Unreadable:
        return None
    meant = [each for each in named if reference_check(signer, each).result is Result.PASSED]
    return next(iter((*meant, *named)), None)
