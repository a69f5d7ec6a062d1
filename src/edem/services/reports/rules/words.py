"""What is written on a report, and how long it may be. Pure."""

from typing import Final

from edem.kernel.errors import Invalid

TEXT_MOST: Final = 4_000
NAME_MOST: Final = 200


def tidied(text: str, *, field: str = "text", most: int = TEXT_MOST) -> str:
    """Empty words are no answer."""
    tidy = text.strip()
    if not tidy:
        raise Invalid("report.say_something", field=field)
    if len(tidy) > most:
        raise Invalid("report.too_long", most=most, field=field)
    return tidy
