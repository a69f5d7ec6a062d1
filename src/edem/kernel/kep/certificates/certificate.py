"""An X.509 certificate (RFC 5280), parsed by hand: libraries fail on the public key of DSTU 4145."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from edem.kernel.kep import der, oids
from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.certificates.extensions import Extensions, KeyUsage
from edem.kernel.kep.certificates.holder import Holder
from edem.kernel.kep.certificates.key_reading import read_public_key
from edem.kernel.kep.certificates.names import Name
from edem.kernel.kep.certificates.public_key import PublicKey
from edem.kernel.kep.certificates.signed import Signed
from edem.kernel.kep.der import Fields, Node
from edem.kernel.kep.errors import Unreadable

MOST_BYTES = 64 * 2**10
MOST_SERIAL_BITS = 8 * 32
V3 = 2


@dataclass(frozen=True, kw_only=True, eq=False)
class Certificate(Signed):
    serial: int
    issuer: Name
    subject: Name
    valid_from: datetime
    valid_until: datetime
    key_bytes: bytes
    """SubjectPublicKeyInfo as it stands."""
    key_bits: bytes
    """What is in its BIT STRING: key identifiers and OCSP hash it, whatever kind of key it is."""
    extensions: Extensions

    @classmethod
    def parse(cls, source: bytes | memoryview) -> "Certificate":
        whole = der.read(source, most=MOST_BYTES)
        fields = whole.sequence()
        signed_part, algorithm, signature = fields.next(), Algorithm.read(fields.next()), fields.next().bits()
        fields.finish()
        body = _SignedPart.read(signed_part)
        if body.algorithm != algorithm:
            raise Unreadable("certificate.two_algorithms", inside=body.algorithm.oid, outside=algorithm.oid)
        return cls(
            der=whole.raw,
            signed_part=signed_part.raw,
            serial=body.serial,
            issuer=body.issuer,
            subject=body.subject,
            valid_from=body.valid_from,
            valid_until=body.valid_until,
            key_bytes=body.key_bytes,
            key_bits=body.key_bits,
            extensions=body.extensions,
            signature_algorithm=algorithm,
            signature=signature,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Certificate) and self.der == other.der

    def __hash__(self) -> int:
        return hash(self.der)

    def __repr__(self) -> str:
        return f"<Certificate {self.serial:X} {self.subject.common_name}>"

    @cached_property
    def public_key(self) -> PublicKey:
        """The key; raises Unreadable when its algorithm or its point is not one that is known here."""
        return read_public_key(self.key_bytes)

    @cached_property
    def holder(self) -> Holder:
        return Holder.of(self.subject, self.extensions)

    @property
    def is_self_issued(self) -> bool:
        return self.subject.is_same(self.issuer)

    @property
    def is_qualified(self) -> bool:
        """The certificate says that it is a qualified one; whether it truly is, the trust list says."""
        return bool(self.extensions.qc_statements & {oids.QC_COMPLIANCE, oids.QC_UA_QUALIFIED})

    @property
    def is_key_in_device(self) -> bool:
        """The private key is kept in a qualified device (QSCD)."""
        return oids.QC_IN_DEVICE in self.extensions.qc_statements

    @property
    def is_seal(self) -> bool:
        """A seal of an organisation, not the signature of a person."""
        return oids.EKU_STAMP in self.extensions.extended_key_usage or (
            oids.QC_TYPE_SEAL in self.extensions.qc_statements
        )

    def is_in_force(self, at: datetime) -> bool:
        return self.valid_from <= at <= self.valid_until

    def allows(self, usage: KeyUsage) -> bool:
        return self.extensions.allows(usage)


@dataclass(frozen=True, kw_only=True)
class _SignedPart:
    """TBSCertificate."""

    serial: int
    algorithm: Algorithm
    issuer: Name
    valid_from: datetime
    valid_until: datetime
    subject: Name
    key_bytes: bytes
    key_bits: bytes
    extensions: Extensions

    @classmethod
    def read(cls, node: Node) -> "_SignedPart":
        fields = node.sequence()
        version = _version(fields)
        serial = fields.next().integer()
        if serial < 0 or serial.bit_length() > MOST_SERIAL_BITS:
            raise Unreadable("certificate.bad_serial")
        algorithm, issuer = Algorithm.read(fields.next()), Name.read(fields.next())
        valid_from, valid_until = _validity(fields.next())
        subject, key = Name.read(fields.next()), fields.next()
        for unique_identifier in (1, 2):
            fields.tagged(unique_identifier)
        extensions = fields.explicit(3)
        fields.finish()
        if extensions is not None and version != V3:
            raise Unreadable("certificate.extensions_out_of_version")
        return cls(
            serial=serial,
            algorithm=algorithm,
            issuer=issuer,
            valid_from=valid_from,
            valid_until=valid_until,
            subject=subject,
            key_bytes=key.raw,
            key_bits=_key_bits(key),
            extensions=Extensions.read(extensions),
        )


def _version(fields: Fields) -> int:
    version = fields.explicit(0)
    number = version.integer() if version else 0
    if number not in range(V3 + 1):
        raise Unreadable("certificate.unknown_version", version=number)
    return number


def _key_bits(node: Node) -> bytes:
    fields = node.sequence()
    fields.next()
    bits = fields.next().bits()
    fields.finish()
    return bits


def _validity(node: Node) -> tuple[datetime, datetime]:
    fields = node.sequence()
    valid_from, valid_until = fields.next().time(), fields.next().time()
    fields.finish()
    return valid_from, valid_until
