"""Certificate extensions as Ukrainian providers write them."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from edem.kernel.kep import oids, write
from edem.kernel.kep.certificates.extensions import KeyUsage

_PRINTABLE: Final = re.compile(r"[A-Za-z0-9 '()+,./:=?-]*")


def extension(oid: str, value: bytes, *, critical: bool = False) -> bytes:
    return write.sequence(write.oid(oid), write.TRUE if critical else b"", write.octets(value))


def key_usage(*usages: KeyUsage) -> bytes:
    return extension(oids.KEY_USAGE, write.named_bits(usages), critical=True)


def extended_key_usage(*purposes: str, critical: bool = False) -> bytes:
    return extension(oids.EXTENDED_KEY_USAGE, write.sequence(*map(write.oid, purposes)), critical=critical)


def authority(*, path_length: int | None = None) -> bytes:
    length = b"" if path_length is None else write.integer(path_length)
    return extension(oids.BASIC_CONSTRAINTS, write.sequence(write.TRUE, length), critical=True)


def not_an_authority() -> bytes:
    return extension(oids.BASIC_CONSTRAINTS, write.sequence())


def subject_key_id(value: bytes) -> bytes:
    return extension(oids.SUBJECT_KEY_ID, write.octets(value))


def authority_key_id(value: bytes) -> bytes:
    return extension(oids.AUTHORITY_KEY_ID, write.sequence(write.implicit(0, write.octets(value))))


def policy(oid: str = oids.POLICY_QUALIFIED) -> bytes:
    return extension(oids.CERTIFICATE_POLICIES, write.sequence(write.sequence(write.oid(oid))))


def qc_statements(*statements: str) -> bytes:
    return extension(oids.QC_STATEMENTS, write.sequence(*(write.sequence(write.oid(each)) for each in statements)))


def directory_attributes(values: Mapping[str, str]) -> bytes:
    attributes = (write.sequence(write.oid(oid), write.set_of(_text(value))) for oid, value in values.items())
    return extension(oids.SUBJECT_DIRECTORY_ATTRIBUTES, write.sequence(*attributes))


def distribution(address: str, *, oid: str = oids.CRL_DISTRIBUTION_POINTS) -> bytes:
    return extension(oid, write.sequence(write.sequence(place(address))))


def place(address: str) -> bytes:
    """[0] DistributionPointName with its fullName."""
    return write.explicit(0, write.implicit(0, write.sequence(_address(address))))


def access(oid: str, places: Iterable[tuple[str, str]]) -> bytes:
    """Authority or subject information access: which method is at which address."""
    descriptions = (write.sequence(write.oid(method), _address(address)) for method, address in places)
    return extension(oid, write.sequence(*descriptions))


def name(*parts: tuple[str, str]) -> bytes:
    """A distinguished name; empty values are left out."""
    return write.sequence(
        *(write.set_of(write.sequence(write.oid(oid), _text(value))) for oid, value in parts if value)
    )


def _text(value: str) -> bytes:
    return write.printable(value) if _PRINTABLE.fullmatch(value) else write.utf8(value)


def _address(address: str) -> bytes:
    return write.implicit(6, write.ia5(address))
