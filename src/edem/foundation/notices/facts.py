"""The facts of a notice on their way through JSON: moments and days come back as moments and days."""

from collections.abc import Mapping
from datetime import date, datetime

Fact = str | int | bool | datetime | date | None | list[str]

_MOMENT, _DAY = "@moment", "@day"


def packed(facts: Mapping[str, Fact]) -> dict[str, object]:
    return {name: _pack(value) for name, value in facts.items()}


def unpacked(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: _unpack(value) for name, value in facts.items()}


def _pack(value: Fact) -> object:
    if isinstance(value, datetime):
        return {_MOMENT: value.isoformat()}
    return {_DAY: value.isoformat()} if isinstance(value, date) else value


def _unpack(value: object) -> object:
    match value:
        case {"@moment": str(text)}:
            return datetime.fromisoformat(text)
        case {"@day": str(text)}:
            return date.fromisoformat(text)
        case _:
            return value
