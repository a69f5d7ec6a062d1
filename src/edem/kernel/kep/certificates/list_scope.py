"""IssuingDistributionPoint (RFC 5280 §5.2.5): which certificates a revocation list speaks of."""

from dataclasses import dataclass
from typing import Final

from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.general_names import place_addresses
from edem.kernel.kep.der import Fields, Node, Tag


@dataclass(frozen=True, kw_only=True)
class Scope:
    addresses: tuple[str, ...] = ()
    is_of_users_only: bool = False
    is_of_authorities_only: bool = False
    is_partial: bool = False
    """Of some reasons only, of other issuers' certificates, of attribute certificates: nothing to rely on here."""

    @classmethod
    def read(cls, node: Node) -> "Scope":
        fields = node.sequence()
        place = fields.tagged(0)
        users, authorities = _flag(fields, 1), _flag(fields, 2)
        reasons = fields.tagged(3)
        indirect, attributes = _flag(fields, 4), _flag(fields, 5)
        fields.finish()
        return cls(
            addresses=place_addresses(place) if place else (),
            is_of_users_only=users,
            is_of_authorities_only=authorities,
            is_partial=reasons is not None
            or indirect
            or attributes
            or (place is not None and not place_addresses(place)),
        )

    def covers(self, certificate: Certificate) -> bool:
        extensions = certificate.extensions
        known = {*extensions.crl_addresses, *extensions.delta_crl_addresses}
        if self.is_partial or (self.addresses and not known.intersection(self.addresses)):
            return False
        return not (self.is_of_users_only if extensions.is_authority else self.is_of_authorities_only)


EVERYTHING: Final = Scope()


def _flag(fields: Fields, number: int) -> bool:
    node = fields.tagged(number)
    return node is not None and node.implicit(Tag.BOOLEAN).boolean()
