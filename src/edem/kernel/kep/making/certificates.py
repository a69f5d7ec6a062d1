"""Certificates of fixtures: a body, then the signature of whoever issues it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from edem.kernel.kep import der, write
from edem.kernel.kep.algorithms.gost_hash import gost34311
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.making import extension_writing as extensions
from edem.kernel.kep.making.keys import PrivateKey

BEGINNING: Final = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Term:
    begins: datetime = BEGINNING
    ends: datetime = BEGINNING + timedelta(days=2 * 365)


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Who signs certificates: their name as it is encoded, their key and its identifier."""

    name: bytes
    key: PrivateKey
    key_id: bytes


@dataclass(frozen=True, kw_only=True)
class Template:
    name: bytes
    public_bytes: bytes
    serial: int
    term: Term
    extensions: tuple[bytes, ...]


def signed(template: Template, signer: Signer) -> Certificate:
    """The certificate; identifiers of both keys are added to its extensions."""
    every = (
        extensions.subject_key_id(key_id_of(template.public_bytes)),
        extensions.authority_key_id(signer.key_id),
        *(each for each in template.extensions if each),
    )
    body = write.sequence(
        write.explicit(0, write.integer(2)),
        write.integer(template.serial),
        signer.key.algorithm.written(),
        signer.name,
        write.sequence(write.time(template.term.begins), write.time(template.term.ends)),
        template.name,
        template.public_bytes,
        write.explicit(3, write.sequence(*every)),
    )
    return Certificate.parse(sealed(body, signer.key))


def sealed(body: bytes, key: PrivateKey) -> bytes:
    """What every signed thing of X.509 is: the body, the algorithm, the signature."""
    return write.sequence(body, key.algorithm.written(), write.bits(key.sign_for_certificate(body)))


def key_id_of(public_bytes: bytes) -> bytes:
    """As Ukrainian authorities make it: GOST 34.311 over what is in the BIT STRING of the key."""
    return gost34311(der.read(public_bytes).sequence().rest()[1].bits())
