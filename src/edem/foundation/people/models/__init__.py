"""The tables of people, by feature."""

from edem.foundation.people.models.emergency import EmergencyAccess
from edem.foundation.people.models.outside import OutsideAccount, OutsideInvitation, OutsideProvider
from edem.foundation.people.models.person import Person, RoleGrant

__all__ = ["EmergencyAccess", "OutsideAccount", "OutsideInvitation", "OutsideProvider", "Person", "RoleGrant"]
