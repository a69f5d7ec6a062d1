"""What the vault holds, as people read it."""

from datetime import date

from edem.ui.words import day


def in_words(field: str, value: str) -> str:
    """The vault keeps a day as programs write it; people read «17 квітня 1992»."""
    return day(date.fromisoformat(value)) if field == "born_on" and value else value
