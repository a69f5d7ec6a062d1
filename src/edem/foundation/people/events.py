"""Facts about access in an emergency. Pure."""

from dataclasses import dataclass
from datetime import datetime

from edem.foundation.events.facts import event


@event
@dataclass(frozen=True, kw_only=True)
class EmergencyOpened:
    emergency_id: int
    until: datetime


@event
@dataclass(frozen=True, kw_only=True)
class EmergencyClosed:
    emergency_id: int
