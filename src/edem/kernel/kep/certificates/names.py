"""Distinguished names (X.501): compared as RFC 5280 §7.1 says, read as people need them."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property

from edem.kernel.kep import oids
from edem.kernel.kep.der import Node
from edem.kernel.kep.errors import Unreadable

MOST_ATTRIBUTES = 64


@dataclass(frozen=True)
class Name:
    """A name as a list of (attribute, value); `raw` is its encoding, which hashes and requests need."""

    raw: bytes
    parts: tuple[tuple[tuple[str, str], ...], ...]

    @classmethod
    def read(cls, node: Node) -> "Name":
        parts = tuple(tuple(_attribute(each) for each in part.set_of()) for part in node.sequence_of())
        if sum(len(part) for part in parts) > MOST_ATTRIBUTES:
            raise Unreadable("name.too_long", most=MOST_ATTRIBUTES)
        return cls(node.raw, parts)

    def get(self, attribute: str) -> str:
        """The first value of the attribute; empty when the name has none."""
        return next((value for part in self.parts for oid, value in part if oid == attribute), "")

    def all_of(self, attribute: str) -> tuple[str, ...]:
        return tuple(value for part in self.parts for oid, value in part if oid == attribute)

    @property
    def common_name(self) -> str:
        return self.get(oids.COMMON_NAME)

    @property
    def is_empty(self) -> bool:
        return not self.parts

    def is_same(self, other: "Name") -> bool:
        """Whether both name one: the kind of string, letter case and runs of spaces do not matter."""
        return self.raw == other.raw or self.folded == other.folded

    @cached_property
    def folded(self) -> tuple[frozenset[tuple[str, str]], ...]:
        return tuple(frozenset((oid, _folded(value)) for oid, value in part) for part in self.parts)


def _attribute(node: Node) -> tuple[str, str]:
    fields = node.sequence()
    oid, value = fields.next().oid(), fields.next()
    fields.finish()
    return oid, value.text() if value.is_text() else "#" + value.raw.hex()


def _folded(value: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())
