"""The tables of people, by feature."""

from edem.foundation.people.models.emergency import EmergencyAccess
from edem.foundation.people.models.half_way import HalfSignIn
from edem.foundation.people.models.outside import OutsideAccount, OutsideInvitation, OutsideProvider
from edem.foundation.people.models.person import Person, RoleGrant
from edem.foundation.people.models.tries import Tries

__all__ = [
    "EmergencyAccess",
    "HalfSignIn",
    "OutsideAccount",
    "OutsideInvitation",
    "OutsideProvider",
    "Person",
    "RoleGrant",
    "Tries",
]
