"""What the platform asks of any gateway: send under a number of ours, and say later what became of it."""

from enum import StrEnum
from typing import Protocol
from uuid import UUID

from edem.foundation.notices.post import Outcome


class Report(StrEnum):
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    NOT_KNOWN = "not_known"
    """The gateway has never had a message of that number."""


class Gateway(Protocol):
    def send(self, number: UUID, *, to: str, text: str) -> Outcome: ...

    def report(self, number: UUID) -> Report | None:
        """None while it does not answer."""
