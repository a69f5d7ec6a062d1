"""What the issuers should be asked so that a file can be judged to the end: bytes of requests and where they go.

Only certificates whose path reaches a trusted root are asked about: their addresses were written by an issuer whom the
operator trusts, not by whoever made the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from edem.kernel.kep import der, oids
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.ocsp import ocsp_request
from edem.kernel.kep.certificates.status import Status
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages.choosing import certificate_of
from edem.kernel.kep.messages.evidence import added_by, carried_by
from edem.kernel.kep.messages.ground import Ground
from edem.kernel.kep.messages.judging import times_of
from edem.kernel.kep.messages.parts import Part
from edem.kernel.kep.messages.signed import SignerRecord
from edem.kernel.kep.messages.standing import path_of, status_of
from edem.kernel.kep.messages.timestamp import Stamp
from edem.kernel.kep.verdict import Result

JUST_SAID: Final = timedelta(minutes=5)
"""A word this much older than the moment it is to speak of is asked for anew."""
_STAMPS = (oids.ATTR_SIGNATURE_TIMESTAMP, oids.ATTR_CONTENT_TIMESTAMP)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The state of one certificate: by OCSP if it can be had, by lists if not."""

    ocsp_addresses: tuple[str, ...]
    ocsp_request: bytes
    crl_addresses: tuple[str, ...]
    delta_crl_addresses: tuple[str, ...]


def wanted_of(parts: tuple[Part, ...], *, ground: Ground) -> tuple[Wanted, ...]:
    """Each certificate once, in the order of the file."""
    found = {}
    for own, signer, part in _signers(parts, ground=ground):
        for certificate, issuer, at in _asked_about(signer, part, ground=own):
            if _is_wanting(status_of(certificate, issuer=issuer, ground=own, at=at), at=at):
                found[certificate] = _wanted(certificate, issuer)
    return tuple(found.values())


def _is_wanting(status: Status, *, at: datetime) -> bool:
    """Whoever made the file chose what lies in it: of a stolen key they would add a list from before its revocation."""
    if status.result is Result.PASSED:
        return status.said_at is None or status.said_at < at - JUST_SAID
    return status.result is Result.NOT_MADE


def authorities_of(parts: tuple[Part, ...], *, ground: Ground) -> tuple[Certificate, ...]:
    """Whoever stamped, answered, or stands above them and the signers, up to the root: for checking it all again.

    The signers' own certificates are not among them: those have tax numbers and travel with the file.
    """
    found: dict[Certificate | None, None] = {}
    own_ones: list[Certificate | None] = []
    for own, signer, part in _signers(parts, ground=ground):
        own_ones.append(certificate_of(signer, ground=own))
        for certificate, issuer, _at in _asked_about(signer, part, ground=own):
            found.update({certificate: None, issuer: None})
        found.update((each, None) for each in own.certificates if any(answer.is_by(each) for answer in own.answers))
    return tuple(each for each in found if each is not None and each not in own_ones)


def _signers(parts: tuple[Part, ...], *, ground: Ground) -> Iterator[tuple[Ground, SignerRecord, Part]]:
    for part in parts:
        of_message = ground.with_more(carried_by(part.message))
        for signer in part.message.signers:
            yield of_message.with_more(added_by(signer.unsigned)), signer, part


def _asked_about(
    signer: SignerRecord, part: Part, *, ground: Ground
) -> Iterator[tuple[Certificate, Certificate, datetime]]:
    proven_at = times_of(signer, signed=part.signed, ground=ground).proven_at
    yield from _path_of(signer, ground=ground, at=proven_at or ground.now)
    for token in (token for kind in _STAMPS for token in _values(signer, kind)):
        try:
            stamp = Stamp.parse(token)
        except Unreadable:
            continue
        of_stamp = ground.with_more(carried_by(stamp.token))
        yield from _path_of(stamp.signer, ground=of_stamp, at=stamp.info.made_at)


def _values(signer: SignerRecord, kind: str) -> tuple[der.Node, ...]:
    return (*signer.unsigned.all(kind), *signer.signed.all(kind))


def _path_of(
    signer: SignerRecord, *, ground: Ground, at: datetime
) -> Iterator[tuple[Certificate, Certificate, datetime]]:
    certificate = certificate_of(signer, ground=ground)
    if certificate is None:
        return
    path = path_of(certificate, ground=ground, at=at)
    if path.is_trusted:
        for below, above in zip(path.chain, path.chain[1:], strict=False):
            yield below, above, at


def _wanted(certificate: Certificate, issuer: Certificate) -> Wanted:
    extensions = certificate.extensions
    return Wanted(
        ocsp_addresses=extensions.ocsp_addresses,
        ocsp_request=ocsp_request(certificate, issuer=issuer),
        crl_addresses=extensions.crl_addresses,
        delta_crl_addresses=extensions.delta_crl_addresses,
    )
