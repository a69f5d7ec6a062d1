"""What outside programs may call. Every operation of the API declares it, and this is where it is kept.

Open data stay open to everybody; a key that is presented is held to its scopes even there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from django.http import HttpRequest

from edem.kernel.errors import NotAllowed

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Scope:
    """One thing that a key may be given for."""

    code: str
    """«petitions:read»: the service and the deed."""
    words: str


class Door(StrEnum):
    EVERYBODY = "everybody"
    KEYS = "keys"
    BROWSERS = "browsers"


@dataclass(frozen=True, kw_only=True)
class Programs:
    door: Door
    scope: Scope | None = None


class Key(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    @property
    def organisation_id(self) -> int | None:
        """Whose program it is; None: the whole community's."""

    def may(self, scope: str) -> bool: ...


Gate = Callable[[HttpRequest, str], Key | None]
"""Counts whoever comes, and knows the key that is presented or refuses it."""
_GATES: list[Gate] = []


def open_to_programs(scope: Scope) -> Callable[[View], View]:
    """Anybody may call it; a key that is presented must have been given for it."""
    return _declared(Programs(door=Door.EVERYBODY, scope=scope))


def open_to_keys(scope: Scope | None = None) -> Callable[[View], View]:
    """Only with a key, and one that was given for it; without a scope any key will do."""
    return _declared(Programs(door=Door.KEYS, scope=scope))


def closed_to_keys(view: View) -> View:
    """A person acts here in their own browser; no key stands for a person."""
    return _declared(Programs(door=Door.BROWSERS))(view)


def check_program(key: Key | None, programs: Programs) -> None:
    if key is None:
        if programs.door is Door.KEYS:
            raise NotAllowed("api.key_needed")
        return
    if programs.door is Door.BROWSERS:
        raise NotAllowed("api.not_for_keys")
    if programs.scope is not None and not key.may(programs.scope.code):
        raise NotAllowed("api.scope_missing", scope=programs.scope.code)


def set_gate(gate: Gate) -> None:
    """The portal that keeps the keys gives its gate to services whose standards have doors of their own."""
    _GATES[:] = [gate]


def pass_gate(request: HttpRequest, presented: str) -> Key | None:
    """As the API does it: None for whoever brings no key."""
    return _GATES[0](request, presented)


def key_of(request: HttpRequest) -> Key | None:
    """The gate of the API leaves it there."""
    return cast("Key | None", getattr(request, "api_key", None))


def _declared(programs: Programs) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            check_program(key_of(request), programs)
            return view(request, *args, **kwargs)

        guarded.programs = programs  # type: ignore[attr-defined]
        return cast("View", guarded)

    return decorate
