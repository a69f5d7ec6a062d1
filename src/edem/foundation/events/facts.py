"""What an event is: a frozen dataclass of plain facts that survives the way through JSON. Pure."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_type_hints
from uuid import UUID

from pydantic import TypeAdapter

Class = TypeVar("Class", bound=type)
Facts = dict[str, Any]

_PLAIN = {int, str, bool, UUID, datetime, date, NoneType}
_EVENTS: dict[str, type] = {}


def event(cls: Class) -> Class:
    """Register a frozen dataclass under "<service>.<Name>"."""
    if not is_dataclass(cls) or not cls.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        raise TypeError(f"{cls.__name__} must be a frozen dataclass to be an event")
    for name, kind in get_type_hints(cls).items():
        if not set(get_args(kind) if isinstance(kind, UnionType) else (kind,)) <= _PLAIN:
            raise TypeError(f"{cls.__name__}.{name}: an event carries int, str, bool, UUID, datetime, date or None")
    known = _EVENTS.setdefault(name_of(cls), cls)
    if known is not cls:
        raise TypeError(f"two events are named {name_of(cls)}")
    return cls


def name_of(cls: type) -> str:
    """edem.services.petitions.events.PetitionReached → petitions.PetitionReached."""
    return f"{cls.__module__.rpartition('.')[0].rpartition('.')[2]}.{cls.__name__}"


def is_event(fact: object) -> bool:
    return _EVENTS.get(name_of(type(fact))) is type(fact)


def known_events() -> dict[str, type]:
    return dict(_EVENTS)


def to_json(fact: object) -> Facts:
    """The event's fields in JSON's own types; a moment without a time zone is a bug."""
    for each in fields(fact):  # type: ignore[arg-type]
        value = getattr(fact, each.name)
        if isinstance(value, datetime) and value.tzinfo is None:
            raise ValueError(f"{type(fact).__name__}.{each.name} has no time zone")
    facts: Facts = _adapter(name_of(type(fact))).dump_python(fact, mode="json")
    return facts


def from_json(name: str, facts: Facts) -> Any:
    return _adapter(name).validate_python(facts)


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(_EVENTS[name])
