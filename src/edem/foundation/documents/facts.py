"""What a document says, in JSON's own types: days and moments become Ukrainian words on the way."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from unicodedata import category
from uuid import UUID

from edem.kernel.ukrainian import date_words, moment_words

_LOOKLESS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def told(value: object) -> object:
    match value:
        case str():
            return printable(value)
        case bool() | int() | float():
            return value
        case Mapping():
            return {str(name): told(each) for name, each in value.items()}
        case Sequence():
            return [told(each) for each in value]
    return _in_words(value)


def printable(text: str) -> str:
    """Without the characters that have no look of their own and those that turn the line around to deceive."""
    return "".join(letter for letter in text if letter in "\n\t" or category(letter) not in _LOOKLESS)


def _in_words(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return moment_words(value)
        case date():
            return date_words(value)
        case UUID() | Decimal():
            return str(value)
    raise TypeError(f"a document cannot say {type(value).__name__}")
