"""What the form and the public page need to know of each field of a charter. Pure."""

import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic.fields import FieldInfo

from edem.foundation.communities.charter import Charter
from edem.kernel.deadlines import Term

LONGEST_TEXT = 500


class Kind(StrEnum):
    NUMBER = "number"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    TERM = "term"
    LINES = "lines"
    DAY = "day"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class CharterField:
    name: str
    kind: Kind
    title: str
    description: str
    group: str
    default: Any
    """None while the council must say it itself."""
    is_optional: bool
    """The council may leave it without a value."""
    lowest: int | None
    highest: int | None
    longest: int
    options: Mapping[str, str]


def fields_of(model: type[Charter]) -> tuple[CharterField, ...]:
    return tuple(_field(model, name, info) for name, info in model.model_fields.items())


def _field(model: type[Charter], name: str, info: FieldInfo) -> CharterField:
    annotation, is_optional = _without_none(info.annotation)
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    named = extra.get("options")
    options: dict[str, str] = {str(key): str(words) for key, words in named.items()} if isinstance(named, dict) else {}
    options = options or _enumerated(model, _enum_in(annotation))
    return CharterField(
        name=name,
        kind=_kind(annotation, options),
        title=info.title or name,
        description=info.description or "",
        group=str(extra.get("group", "")),
        default=None if info.is_required() else info.get_default(call_default_factory=True),
        is_optional=is_optional,
        lowest=_bound(info.metadata, inclusive="ge", exclusive="gt", step=1),
        highest=_bound(info.metadata, inclusive="le", exclusive="lt", step=-1),
        longest=next((mark.max_length for mark in info.metadata if isinstance(mark, MaxLen)), LONGEST_TEXT),
        options=options,
    )


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in {Union, types.UnionType}:
        inner = [each for each in get_args(annotation) if each is not type(None)]
        if len(inner) == 1:
            return inner[0], True
    return annotation, False


def _kind(annotation: Any, options: Mapping[str, str]) -> Kind:
    if _is_many(annotation):
        return Kind.CHOICES if options else Kind.LINES
    if options:
        return Kind.CHOICE
    simple = {bool: Kind.YES_NO, int: Kind.NUMBER, Decimal: Kind.DECIMAL, float: Kind.DECIMAL, date: Kind.DAY}
    kind = simple.get(annotation) or {Term: Kind.TERM, str: Kind.TEXT}.get(annotation)
    if kind is None:
        raise TypeError(f"a charter has no field of type {annotation!r}: use numbers, texts, choices, terms or lists")
    return kind


def _is_many(annotation: Any) -> bool:
    return get_origin(annotation) in {list, tuple, set, frozenset}


def _enum_in(annotation: Any) -> type[Enum] | None:
    for each in (annotation, *get_args(annotation)):
        if isinstance(each, type) and issubclass(each, Enum):
            return each
    return None


def _enumerated(model: type[Charter], enum: type[Enum] | None) -> dict[str, str]:
    return {} if enum is None else {str(member.value): model.words.get(member.value, member.value) for member in enum}


def _bound(marks: Iterable[Any], *, inclusive: str, exclusive: str, step: int) -> int | None:
    """The charter's numbers are whole, so «more than 0» is «from 1»."""
    for mark in marks:
        for name, shift in ((inclusive, 0), (exclusive, step)):
            limit = getattr(mark, name, None)
            if limit is not None:
                return int(limit) + shift
    return None
