"""One meeting as a calendar file (RFC 5545), for the calendars people already have. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

MAKER: Final = "-//e-DEM//petitions//UK"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What stands in the calendar. `uid` stays when the meeting moves, `sequence` grows with every change."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    minutes: int
    summary: str
    words: str
    where: str
    url: str
    is_cancelled: bool


def calendar_file(entry: Entry) -> bytes:
    calendar, event = Calendar(), Event()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.is_cancelled else "PUBLISH")
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", (entry.starts_at + timedelta(minutes=entry.minutes)).astimezone(UTC))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("summary", entry.summary)
    event.add("description", entry.words)
    event.add("location", entry.where)
    event.add("url", entry.url)
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
