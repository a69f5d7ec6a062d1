"""The tax number (РНОКПП): what it says about its holder and whether it is whole. Pure."""

from datetime import date, timedelta

_DAY_ZERO = date(1899, 12, 31)
_WEIGHTS = (-1, 5, 7, 9, 4, 6, 10, 5, 7)
_LENGTH = 10


def looks_like_tax_number(text: str) -> bool:
    return len(text) == _LENGTH and text.isascii() and text.isdecimal()


def is_tax_number(text: str) -> bool:
    """Ten digits whose last one agrees with the others."""
    if not looks_like_tax_number(text):
        return False
    weighed = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text[:9], strict=True))
    return weighed % 11 % 10 == int(text[9])


def born_on(tax_number: str) -> date:
    """The first five digits count the days since 31 December 1899."""
    return _DAY_ZERO + timedelta(days=int(tax_number[:5]))


def age_on(day: date, *, born: date) -> int:
    """Whole years; one born on 29 February grows older on 1 March of common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
