"""The tables of petitions."""

from edem.services.petitions.models.petition import Follower, NumberSeries, Petition, PetitionStep
from edem.services.petitions.models.signatures import WITHDRAWN, Signature, SignatureRemoval, SignatureTally

__all__ = [
    "WITHDRAWN",
    "Follower",
    "NumberSeries",
    "Petition",
    "PetitionStep",
    "Signature",
    "SignatureRemoval",
    "SignatureTally",
]
