"""Who reads which event, and what runs by the clock. Decorators fill the registry when modules are imported. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from inspect import signature
from typing import Any, TypeVar

from edem.foundation.events.facts import known_events, name_of
from edem.foundation.events.rhythms import Daily, Every, Rhythm

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A function that is called after an event: at once, or at the moment that one of its fields names."""

    name: str
    event: type
    run: Callable[..., Any]
    moment: str | None = None


@dataclass(frozen=True, kw_only=True)
class ScheduledJob:
    name: str
    rhythm: Rhythm
    run: Callable[..., Any]


_READERS: dict[str, Reader] = {}
_SCHEDULED: dict[str, ScheduledJob] = {}


def reacts_to(event: type) -> Callable[[Function], Function]:
    """Call the function with `(event, now)`, or with what it names of them, after every such event, in its own job."""
    return lambda function: _add_reader(function, event, moment=None)


def at_its_moment(event: type, *, moment: str) -> Callable[[Function], Function]:
    """The same when the moment named by the event's field comes."""
    if moment not in {field.name for field in fields(event)}:
        raise TypeError(f"{event.__name__} has no field {moment}")
    return lambda function: _add_reader(function, event, moment=moment)


def daily(*, at: str) -> Callable[[Function], Function]:
    """Call the function with `(now)` once every Kyiv day, from that time on."""
    return lambda function: _add_scheduled(function, Daily.parse(at))


def every(*, minutes: int) -> Callable[[Function], Function]:
    """Call the function with `(now)` every so many minutes; rounds never overlap."""
    return lambda function: _add_scheduled(function, Every(minutes=minutes))


def readers_of(event: type) -> tuple[Reader, ...]:
    return tuple(reader for reader in _READERS.values() if reader.event is event)


def reader_named(name: str) -> Reader:
    return _READERS[name]


def scheduled_named(name: str) -> ScheduledJob:
    return _SCHEDULED[name]


def scheduled_jobs() -> tuple[ScheduledJob, ...]:
    """Everything that runs by the clock alone."""
    return tuple(sorted(_SCHEDULED.values(), key=lambda job: job.name))


def events_and_readers() -> dict[str, tuple[Reader, ...]]:
    """Every registered event with those who read it; an event that nobody reads is listed too."""
    return {name: readers_of(cls) for name, cls in sorted(known_events().items())}


def call(reader: Reader, fact: object, *, now: Any) -> Any:
    """With what the function asks for: the moment is called `now`, and whatever else there is, is the event."""
    return reader.run(*(now if name == "now" else fact for name in signature(reader.run).parameters))


def _add_reader(function: Function, event: type, *, moment: str | None) -> Function:
    name = f"{_name(function)}<-{name_of(event)}" + (f".{moment}" if moment else "")
    _refuse_twice(name, _READERS)
    _READERS[name] = Reader(name=name, event=event, run=function, moment=moment)
    return function


def _add_scheduled(function: Function, rhythm: Rhythm) -> Function:
    name = _name(function)
    _refuse_twice(name, _SCHEDULED)
    _SCHEDULED[name] = ScheduledJob(name=name, rhythm=rhythm, run=function)
    return function


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def _refuse_twice(name: str, registry: dict[str, Any]) -> None:
    if name in registry:
        raise TypeError(f"{name} is registered twice")
