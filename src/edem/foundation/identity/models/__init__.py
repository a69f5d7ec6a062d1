"""The tables of identity, by feature."""

from edem.foundation.identity.models.contacts import Contact, Device
from edem.foundation.identity.models.files import FileKey
from edem.foundation.identity.models.membership import Consent, MembershipFact
from edem.foundation.identity.models.persons import FormerName, PersonMerge, Proposal, SignInSlip
from edem.foundation.identity.models.privacy import Correction
from edem.foundation.identity.models.sessions import HandOver, RevokedSession, SignIn, SpentLogout
from edem.foundation.identity.models.signatures import IssuerAnswer
from edem.foundation.identity.models.vault import SealedFacts, SignInMark, VaultReading, VaultRecord

__all__ = [
    "Consent",
    "Contact",
    "Correction",
    "Device",
    "FileKey",
    "FormerName",
    "HandOver",
    "IssuerAnswer",
    "MembershipFact",
    "PersonMerge",
    "Proposal",
    "RevokedSession",
    "SealedFacts",
    "SignIn",
    "SignInMark",
    "SignInSlip",
    "SpentLogout",
    "VaultReading",
    "VaultRecord",
]
