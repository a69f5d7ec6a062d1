"""The messages that the gateway has taken: each number once, however often it is sent."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Taken:
    id: str
    to: str
    text: str
    sender: str
    status: str
    at: datetime


@dataclass
class Exchange:
    messages: OrderedDict[str, Taken] = field(default_factory=OrderedDict)
    repeated: int = 0

    def take(self, message: Taken) -> Taken:
        """A number that came before is not sent to the telephone again."""
        if message.id in self.messages:
            self.repeated += 1
            return self.messages[message.id]
        self.messages[message.id] = message
        while len(self.messages) > MOST:
            self.messages.popitem(last=False)
        return message

    def newest(self) -> list[Taken]:
        return list(reversed(self.messages.values()))
