"""When a scheduled job is due. Kyiv's clock decides, so days when the clocks change have one run too. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from edem.kernel.deadlines import KYIV


@dataclass(frozen=True)
class Daily:
    at: time

    @classmethod
    def parse(cls, text: str) -> "Daily":
        return cls(time.fromisoformat(text))

    def latest_due(self, now: datetime) -> datetime:
        """The last moment not after `now` when the job was due."""
        today = now.astimezone(KYIV).date()
        due = self._due_on(today)
        return due if due <= now else self._due_on(today - timedelta(days=1))

    def _due_on(self, day: date) -> datetime:
        # An hour that the change of clocks skips falls just after it; an hour that comes twice counts at its first.
        return datetime.combine(day, self.at, tzinfo=KYIV).astimezone(UTC)


@dataclass(frozen=True, kw_only=True)
class Every:
    minutes: int

    def latest_due(self, now: datetime) -> datetime:
        seconds = self.minutes * 60
        return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


Rhythm = Daily | Every
