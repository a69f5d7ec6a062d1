"""Attributes of a signer: each kind once, with its values; those that CAdES (ETSI EN 319 122-1) gives a meaning."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from edem.kernel.kep import der, oids, write
from edem.kernel.kep.errors import Unreadable

MOST_ATTRIBUTES: Final = 64
MOST_VALUES: Final = 64


@dataclass(frozen=True, kw_only=True)
class Attributes:
    values: dict[str, tuple[der.Node, ...]]
    encoded: bytes
    """DER of the whole SET OF, in the order of its encodings: what is signed (RFC 5652 §5.4)."""

    @classmethod
    def read(cls, node: der.Node) -> "Attributes":
        """`node` is the [0] or [1] that stands for SET OF Attribute."""
        found = node.implicit(der.Tag.SET).set_of(most=MOST_ATTRIBUTES)
        if not found:
            raise Unreadable("cms.no_attributes", offset=node.start)
        values: dict[str, tuple[der.Node, ...]] = {}
        for attribute in found:
            fields = attribute.sequence()
            kind = fields.next().oid()
            if kind in values:
                raise Unreadable("cms.attribute_repeated", kind=kind)
            values[kind] = fields.next().set_of(most=MOST_VALUES)
            fields.finish()
        return cls(values=values, encoded=write.set_of(*(attribute.raw for attribute in found)))

    def has(self, kind: str) -> bool:
        return kind in self.values

    def all(self, kind: str) -> tuple[der.Node, ...]:
        return self.values.get(kind, ())

    def one(self, kind: str) -> der.Node | None:
        """An attribute that has a single value by its definition."""
        values = self.values.get(kind)
        if values is None:
            return None
        if len(values) != 1:
            raise Unreadable("cms.attribute_values", kind=kind, count=len(values))
        return values[0]


NO_ATTRIBUTES = Attributes(values={}, encoded=b"")


def content_type(signed: Attributes) -> str | None:
    node = signed.one(oids.ATTR_CONTENT_TYPE)
    return node.oid() if node else None


def message_digest(signed: Attributes) -> bytes | None:
    node = signed.one(oids.ATTR_MESSAGE_DIGEST)
    return node.octets() if node else None


def signing_time(signed: Attributes) -> datetime | None:
    node = signed.one(oids.ATTR_SIGNING_TIME)
    return node.time() if node else None


def signature_policy(signed: Attributes) -> str:
    """SignaturePolicyId, or NULL for the policy that is implied: then nothing is named."""
    node = signed.one(oids.ATTR_SIGNATURE_POLICY)
    if node is None or node.tag == der.Tag.NULL:
        return ""
    return node.sequence().next().oid()
