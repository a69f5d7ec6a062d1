"""Numbers of the right form that belong to nobody: РНОКПП, ЄДРПОУ, telephones."""

from datetime import date
from random import Random
from typing import Final

DAY_ZERO: Final = date(1899, 12, 31)
_TAX_WEIGHTS: Final = (-1, 5, 7, 9, 4, 6, 10, 5, 7)
_FIRST_SERIES: Final = 9000
"""Fewer people than this are born on a day, so a real number never has such a series."""


def tax_number(born: date, series: int) -> str:
    """Five digits of the birth date, four of the series (odd for men), one to check the others."""
    first_nine = f"{(born - DAY_ZERO).days:05}{series:04}"
    total = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, first_nine, strict=True))
    return f"{first_nine}{total % 11 % 10}"


def fictional_series(rng: Random, *, gender: str) -> int:
    return _FIRST_SERIES + 2 * rng.randrange(500) + (gender == "male")


def edrpou(first_seven: int) -> str:
    """The code of an organisation; the ninety-ninth million is not given out."""
    digits = f"{first_seven:07}"
    remainder = _weighed(digits, start=1)
    if remainder == 10:
        remainder = _weighed(digits, start=3) % 10
    return f"{digits}{remainder}"


def _weighed(digits: str, *, start: int) -> int:
    return sum((start + place) * int(digit) for place, digit in enumerate(digits)) % 11


def phone(serial: int) -> str:
    """Ukraine keeps no numbers for fiction; no operator has the code 00."""
    return f"38000{serial:07}"
