"""The tables of identity, by feature."""

from edem.foundation.identity.models.membership import Consent, MembershipFact
from edem.foundation.identity.models.sessions import HandOver, RevokedSession, SignIn
from edem.foundation.identity.models.vault import SealedFacts, SignInMark, VaultReading, VaultRecord

__all__ = [
    "Consent",
    "HandOver",
    "MembershipFact",
    "RevokedSession",
    "SealedFacts",
    "SignIn",
    "SignInMark",
    "VaultReading",
    "VaultRecord",
]
