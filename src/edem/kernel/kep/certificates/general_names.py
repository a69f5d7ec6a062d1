"""GeneralName and DistributionPoint (RFC 5280 §4.2.1.6, §4.2.1.13): only the web addresses are of use here."""

from collections.abc import Iterable
from typing import Final

from edem.kernel.kep.der import Node, Tag, context

_ADDRESS: Final = context(6)
_MOST = 32


def addresses_in(names: Iterable[Node]) -> tuple[str, ...]:
    """Addresses by http(s) among general names; others (ldap) are passed over."""
    texts = (name.implicit(Tag.IA5).text() for name in names if name.tag == _ADDRESS)
    return tuple(text for text in texts if text.startswith(("http://", "https://")))


def distribution_addresses(node: Node | None) -> tuple[str, ...]:
    """Where a full list of all reasons is published; points of some reasons only are passed over."""
    found: list[str] = []
    for each in node.sequence_of(most=_MOST) if node else ():
        fields = each.sequence()
        place = fields.tagged(0)
        if place is not None and fields.tagged(1) is None:
            found += place_addresses(place)
    return tuple(found)


def place_addresses(place: Node) -> tuple[str, ...]:
    full_name = place.inside()
    if full_name.tag != context(0, constructed=True):
        return ()
    return addresses_in(full_name.implicit(Tag.SEQUENCE).sequence_of(most=_MOST))
