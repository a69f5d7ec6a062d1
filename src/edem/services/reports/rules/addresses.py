"""An address as everybody reads it: with the settlement that its writer chose. Pure."""

from collections.abc import Mapping

from edem.services.reports.rules.draft import ADDRESS_MAX
from edem.services.reports.rules.settlements import settlement_named


def address_in(address: str, chosen: str, settlements: Mapping[str, str]) -> str:
    """Said after the street, as people write it, and only once."""
    name = settlements.get(chosen, "")
    if not name or settlement_named(address, list(settlements.items())) == chosen:
        return address
    room = ADDRESS_MAX - len(name) - 2
    return ", ".join(part for part in (address.strip(" ,")[:room], name) if part)
