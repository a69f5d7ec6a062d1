"""What the vault holds, as people read it."""

from datetime import date

from edem.foundation.identity.contact_kinds import Kind
from edem.foundation.identity.contact_kinds import shown as as_people_write_it
from edem.ui.words import day


def in_words(field: str, value: str) -> str:
    """What the vault keeps as programs write it: people read «17 квітня 1992» and «+380 67 123 45 67»."""
    if field == "phone":
        return as_people_write_it(Kind.PHONE, value)
    return day(date.fromisoformat(value)) if field == "born_on" and value else value
