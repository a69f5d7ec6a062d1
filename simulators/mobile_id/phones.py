"""The service's memory: whose phone is asked for what, what its owner did, and what goes wrong next."""

import asyncio
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from edem.kernel.kep.making.subjects import Person
from simulators.mobile_id.mischief import Deed, Mischief
from simulators.mobile_id.soap import Asked


@dataclass(frozen=True, kw_only=True)
class Settings:
    ap_id: str
    ap_password: str
    slow_seconds: float = 30
    at_once: bool = False
    """Every phone signs by itself: for a crowd."""


@dataclass(frozen=True, kw_only=True)
class Subscriber:
    msisdn: str
    person: Person

    @property
    def full_name(self) -> str:
        return f"{self.person.surname} {self.person.given_name}"


@dataclass(kw_only=True)
class Ringing:
    """One request on one phone."""

    transaction: str
    subscriber: Subscriber
    asked: Asked
    ends_at: float
    deed: Deed | None = None
    signature: str = ""
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.ends_at


@dataclass(kw_only=True)
class Operator:
    settings: Settings
    subscribers: Mapping[str, Subscriber]
    ringing: dict[str, Ringing] = field(default_factory=dict)
    next_mischief: Mischief = Mischief.NONE

    def knows(self, asked: Asked) -> bool:
        return (asked.ap_id, asked.ap_password) == (self.settings.ap_id, self.settings.ap_password)

    def ring(self, asked: Asked) -> Ringing | None:
        subscriber = self.subscribers.get(asked.msisdn.lstrip("+"))
        if subscriber is None:
            return None
        transaction, ends_at = secrets.token_hex(8), time.monotonic() + asked.seconds
        one = Ringing(transaction=transaction, subscriber=subscriber, asked=asked, ends_at=ends_at)
        self.ringing[transaction] = one
        return one

    def waiting(self) -> list[Ringing]:
        return [one for one in self.ringing.values() if one.deed is None and not one.is_over]

    def take_mischief(self) -> Mischief:
        """It is done once."""
        mischief, self.next_mischief = self.next_mischief, Mischief.NONE
        return mischief
