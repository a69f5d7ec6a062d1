"""What the server has taken, and what it says of it; everything that came over the wire is kept for tests to read."""

from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(kw_only=True)
class Taken:
    number: str
    form: dict[str, str]
    at: datetime
    token: str = ""
    status: str = "open"
    notes: str = ""
    changed_at: datetime | None = None


@dataclass(kw_only=True)
class Said:
    number: str
    request: str
    status: str
    text: str
    at: datetime


@dataclass
class Office:
    prefix: str = "KP"
    requests: list[Taken] = field(default_factory=list)
    updates: list[Said] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    """Every request as it came: line, headers, body."""

    def take(self, form: dict[str, str], *, with_token: bool) -> Taken:
        number = f"{self.prefix}-{len(self.requests) + 1:04}"
        taken = Taken(number=number, form=form, at=datetime.now(UTC), token=f"t{number}" if with_token else "")
        self.requests.append(taken)
        return taken

    def say(self, number: str, status: str, text: str) -> None:
        """The office has done something with a request."""
        taken = next(each for each in self.requests if each.number == number)
        at = datetime.now(UTC)
        taken.status, taken.notes, taken.changed_at = status, text, at
        self.updates.append(Said(number=f"u{len(self.updates) + 1}", request=number, status=status, text=text, at=at))
