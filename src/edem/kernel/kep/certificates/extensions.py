"""Extensions of a certificate (RFC 5280 §4.2, ETSI EN 319 412): each read strictly, the unknown critical ones named."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from edem.kernel.kep import der, oids
from edem.kernel.kep.certificates.general_names import addresses_in, distribution_addresses
from edem.kernel.kep.der import Node, Tag
from edem.kernel.kep.errors import Unreadable


class KeyUsage(IntEnum):
    DIGITAL_SIGNATURE = 0
    NON_REPUDIATION = 1
    KEY_ENCIPHERMENT = 2
    DATA_ENCIPHERMENT = 3
    KEY_AGREEMENT = 4
    KEY_CERT_SIGN = 5
    CRL_SIGN = 6
    ENCIPHER_ONLY = 7
    DECIPHER_ONLY = 8


UNDERSTOOD: Final = frozenset(
    {
        oids.SUBJECT_DIRECTORY_ATTRIBUTES,
        oids.SUBJECT_KEY_ID,
        oids.KEY_USAGE,
        oids.SUBJECT_ALT_NAME,
        oids.ISSUER_ALT_NAME,
        oids.BASIC_CONSTRAINTS,
        oids.CRL_DISTRIBUTION_POINTS,
        oids.CERTIFICATE_POLICIES,
        oids.AUTHORITY_KEY_ID,
        oids.EXTENDED_KEY_USAGE,
        oids.FRESHEST_CRL,
        oids.AUTHORITY_ACCESS,
        oids.QC_STATEMENTS,
        oids.SUBJECT_ACCESS,
        oids.OCSP_NOCHECK,
    }
)


@dataclass(frozen=True, kw_only=True)
class Extensions:
    key_usage: frozenset[int] | None = None
    """None: the certificate does not say, and its key may be used for anything."""
    extended_key_usage: frozenset[str] = frozenset()
    is_authority: bool = False
    path_length: int | None = None
    subject_key_id: bytes | None = None
    authority_key_id: bytes | None = None
    policies: frozenset[str] = frozenset()
    qc_statements: frozenset[str] = frozenset()
    """Statements, and among them the types that QcType lists."""
    crl_addresses: tuple[str, ...] = ()
    delta_crl_addresses: tuple[str, ...] = ()
    ocsp_addresses: tuple[str, ...] = ()
    issuer_addresses: tuple[str, ...] = ()
    tsp_addresses: tuple[str, ...] = ()
    directory_attributes: Mapping[str, tuple[str, ...]] | None = None
    has_nocheck: bool = False
    """id-pkix-ocsp-nocheck: revocation of this OCSP responder is not to be asked for."""
    unknown_critical: tuple[str, ...] = ()

    @classmethod
    def read(cls, node: Node | None) -> "Extensions":
        found, critical = extension_nodes(node)
        is_authority, path_length = _basic_constraints(found.get(oids.BASIC_CONSTRAINTS))
        authority_access = found.get(oids.AUTHORITY_ACCESS)
        return cls(
            key_usage=_flags(found.get(oids.KEY_USAGE)),
            extended_key_usage=_oids(found.get(oids.EXTENDED_KEY_USAGE)),
            is_authority=is_authority,
            path_length=path_length,
            subject_key_id=_octets(found.get(oids.SUBJECT_KEY_ID)),
            authority_key_id=_authority_key_id(found.get(oids.AUTHORITY_KEY_ID)),
            policies=_first_oids(found.get(oids.CERTIFICATE_POLICIES)),
            qc_statements=_qc_statements(found.get(oids.QC_STATEMENTS)),
            crl_addresses=distribution_addresses(found.get(oids.CRL_DISTRIBUTION_POINTS)),
            delta_crl_addresses=distribution_addresses(found.get(oids.FRESHEST_CRL)),
            ocsp_addresses=_access(authority_access, oids.ACCESS_OCSP),
            issuer_addresses=_access(authority_access, oids.ACCESS_CA_ISSUERS),
            tsp_addresses=_access(found.get(oids.SUBJECT_ACCESS), oids.ACCESS_TSP),
            directory_attributes=_directory_attributes(found.get(oids.SUBJECT_DIRECTORY_ATTRIBUTES)),
            has_nocheck=oids.OCSP_NOCHECK in found,
            unknown_critical=tuple(sorted(critical - UNDERSTOOD)),
        )

    def allows(self, usage: KeyUsage) -> bool:
        return self.key_usage is None or usage in self.key_usage


def extension_nodes(node: Node | None) -> tuple[dict[str, Node], frozenset[str]]:
    """What each extension holds, and which are critical; an extension that comes twice is refused."""
    found: dict[str, Node] = {}
    critical: set[str] = set()
    for each in node.sequence_of(most=100) if node else ():
        fields = each.sequence()
        oid = fields.next().oid()
        flag = fields.optional(Tag.BOOLEAN)
        value = der.read(fields.next().octets())
        fields.finish()
        if oid in found:
            raise Unreadable("extension.twice", oid=oid)
        found[oid] = value
        if flag and flag.boolean():
            critical.add(oid)
    return found, frozenset(critical)


def _flags(node: Node | None) -> frozenset[int] | None:
    return node.named_bits() if node else None


def _octets(node: Node | None) -> bytes | None:
    return node.octets() if node else None


def _oids(node: Node | None) -> frozenset[str]:
    return frozenset(each.oid() for each in node.sequence_of()) if node else frozenset()


def _first_oids(node: Node | None) -> frozenset[str]:
    """The identifiers that stand first in each element, whatever qualifies them."""
    return frozenset(each.sequence().next().oid() for each in node.sequence_of()) if node else frozenset()


def _basic_constraints(node: Node | None) -> tuple[bool, int | None]:
    if node is None:
        return False, None
    fields = node.sequence()
    flag, length = fields.optional(Tag.BOOLEAN), fields.optional(Tag.INTEGER)
    fields.finish()
    is_authority = flag is not None and flag.boolean()
    path_length = length.integer() if length else None
    if path_length is not None and (path_length < 0 or not is_authority):
        raise Unreadable("extension.bad_path_length", length=path_length)
    return is_authority, path_length


def _authority_key_id(node: Node | None) -> bytes | None:
    if node is None:
        return None
    key_id = node.sequence().tagged(0)
    return key_id.body if key_id else None


def _qc_statements(node: Node | None) -> frozenset[str]:
    found: set[str] = set()
    for each in node.sequence_of() if node else ():
        fields = each.sequence()
        statement = fields.next().oid()
        found.add(statement)
        if statement == oids.QC_TYPE and fields.more():
            found |= _oids(fields.next())
    return frozenset(found)


def _access(node: Node | None, method: str) -> tuple[str, ...]:
    addresses: list[str] = []
    for each in node.sequence_of() if node else ():
        fields = each.sequence()
        if fields.next().oid() == method:
            addresses += addresses_in([fields.next()])
    return tuple(addresses)


def _directory_attributes(node: Node | None) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in node.sequence_of() if node else ():
        fields = each.sequence()
        oid, values = fields.next().oid(), fields.next().set_of()
        fields.finish()
        found[oid] = found.get(oid, ()) + tuple(value.text() for value in values if value.is_text())
    return found
