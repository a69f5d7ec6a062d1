"""The Ukrainian tax number (РНОКПП): five digits of birth date, four of a series, one check digit."""

from datetime import date, timedelta

DAY_ZERO = date(1899, 12, 31)
WEIGHTS = (-1, 5, 7, 9, 4, 6, 10, 5, 7)


def check_digit(first_nine: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first_nine, strict=True)) % 11 % 10


def tax_number(born: date, series: int) -> str:
    """The number of a fictional person; an odd series is a man's, an even one a woman's."""
    first_nine = f"{(born - DAY_ZERO).days:05}{series:04}"
    return f"{first_nine}{check_digit(first_nine)}"


def born_on(number: str) -> date | None:
    """The birth date a well-formed number carries; None for a passport number or nonsense."""
    if len(number) != 10 or not number.isdecimal() or check_digit(number[:9]) != int(number[9]):
        return None
    return DAY_ZERO + timedelta(days=int(number[:5]))
