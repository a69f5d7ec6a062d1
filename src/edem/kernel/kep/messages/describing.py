"""A signer and their certificate in the words of the verdict."""

from typing import Final

from edem.kernel.kep import oids
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages.signed import SignerRecord
from edem.kernel.kep.verdict import Signer

NO_ORGANISATION: Final = "фізична особа"
"""What providers write where a person's certificate has no organisation."""


def signer_of(certificate: Certificate) -> Signer:
    holder = certificate.holder
    return Signer(
        name=holder.common_name or f"{holder.surname} {holder.given_name}".strip() or holder.organisation,
        tax_number=holder.tax_number,
        document=holder.document,
        unzr=holder.unzr,
        edrpou=holder.edrpou,
        organisation="" if holder.organisation.casefold() == NO_ORGANISATION else holder.organisation,
        position=holder.position,
        surname=holder.surname,
        given_name=holder.given_name,
        is_seal=certificate.is_seal,
        is_qualified=certificate.is_qualified,
        issuer=certificate.issuer.common_name,
        serial=f"{certificate.serial:X}",
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        certificate=certificate.der,
    )


def algorithms_of(signer: SignerRecord, certificate: Certificate | None) -> tuple[str, ...]:
    return (*(_key(certificate) if certificate else ()), oids.name_of(signer.digest.oid).lower())


def _key(certificate: Certificate) -> tuple[str, ...]:
    try:
        return (certificate.public_key.description,)
    except Unreadable:
        return ()


def level_of(signer: SignerRecord) -> str:
    """What the signature carries (ETSI EN 319 122-1), whether or not it proved anything."""
    unsigned = signer.unsigned
    if not unsigned.has(oids.ATTR_SIGNATURE_TIMESTAMP):
        return "EPES" if signer.signed.has(oids.ATTR_SIGNATURE_POLICY) else "BES"
    if unsigned.has(oids.ATTR_REVOCATION_VALUES):
        return "LT"
    return "C" if unsigned.has(oids.ATTR_REVOCATION_REFS) else "T"
