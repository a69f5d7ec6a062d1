"""OCSP (RFC 6960): the bytes of a request, and an answer judged: who gave it, of what, how fresh."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from edem.kernel.kep import oids, write
from edem.kernel.kep.certificates.cert_id import CertId
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.extensions import KeyUsage
from edem.kernel.kep.certificates.ocsp_answer import Answer, OcspAnswer
from edem.kernel.kep.certificates.status import Status, judged, unsaid
from edem.kernel.kep.errors import Unreadable

CLOCK_SKEW: Final = timedelta(minutes=5)
FRESH_FOR: Final = timedelta(minutes=15)
"""How long an answer that names no next update speaks of the present."""
MOST_RESPONDERS: Final = 8


def ocsp_request(
    certificate: Certificate, *, issuer: Certificate, nonce: bytes | None = None, hash_oid: str | None = None
) -> bytes:
    """An unsigned request about one certificate."""
    asked = write.sequence(CertId.of(certificate, issuer=issuer, hash_oid=hash_oid).written())
    extensions = b""
    if nonce is not None:
        extension = write.sequence(write.oid(oids.OCSP_NONCE), write.octets(write.octets(nonce)))
        extensions = write.explicit(2, write.sequence(extension))
    return write.sequence(write.sequence(write.sequence(asked), extensions))


def status_by_ocsp(
    certificate: Certificate,
    *,
    issuer: Certificate,
    answer: OcspAnswer,
    at: datetime,
    now: datetime,
    nonce: bytes | None = None,
    others: Iterable[Certificate] = (),
) -> Status:
    """Whether the answer says that the certificate was revoked by the moment.

    `others` are certificates among which the responder's own may be found; it is believed only by rules of §4.2.2.2.
    """
    single = next((each for each in answer.answers if each.cert_id.names(certificate, issuer=issuer)), None)
    if single is None:
        return unsaid("ocsp.of_another_certificate")
    if why := _why_not_now(answer, single, at=at, now=now, nonce=nonce):
        return unsaid(why)
    if why := why_not_believed(answer, issuer=issuer, others=others):
        return unsaid(why)
    if single.is_unknown:
        return unsaid("ocsp.unknown_to_responder")
    return judged(at=at, revoked_at=single.revoked_at, reason=single.reason, said_at=single.said_at)


def why_not_believed(answer: OcspAnswer, *, issuer: Certificate, others: Iterable[Certificate] = ()) -> str:
    """Why nobody who may speak for the issuer has signed the answer; empty when one has."""
    known = dict.fromkeys((issuer, *answer.certificates, *others))
    responders = [each for each in known if answer.is_by(each)][:MOST_RESPONDERS]
    if not responders:
        return "ocsp.responder_unknown"
    reasons = [_why_may_not_answer(each, answer, issuer) for each in responders]
    return "" if "" in reasons else reasons[0]


def _why_may_not_answer(responder: Certificate, answer: OcspAnswer, issuer: Certificate) -> str:
    try:
        if responder != issuer and (why := _why_not_delegated(responder, answer, issuer)):
            return why
        return "" if answer.is_signed_with(responder.public_key) else "ocsp.bad_signature"
    except Unreadable as fault:
        return fault.code


def _why_not_delegated(responder: Certificate, answer: OcspAnswer, issuer: Certificate) -> str:
    """A responder that this very issuer has named; whether its own certificate was revoked is not asked for."""
    checks = (
        (not responder.issuer.is_same(issuer.subject), "ocsp.responder_of_another_issuer"),
        (oids.EKU_OCSP_SIGNING not in responder.extensions.extended_key_usage, "ocsp.responder_may_not"),
        (not responder.allows(KeyUsage.DIGITAL_SIGNATURE), "ocsp.responder_may_not"),
        (bool(responder.extensions.unknown_critical), "ocsp.responder_may_not"),
        (not responder.is_in_force(answer.produced_at), "ocsp.responder_out_of_force"),
    )
    if why := next((why for fails, why in checks if fails), ""):
        return why
    return "" if responder.is_signed_with(issuer.public_key) else "ocsp.responder_of_another_issuer"


def _why_not_now(answer: OcspAnswer, single: Answer, *, at: datetime, now: datetime, nonce: bytes | None) -> str:
    latest = now + CLOCK_SKEW
    speaks_until = max(single.next_at or single.said_at, single.said_at + FRESH_FOR)
    checks = (
        (bool(answer.unknown_critical or single.unknown_critical), "ocsp.unknown_critical"),
        (nonce is not None and answer.nonce not in (None, nonce), "ocsp.other_nonce"),
        (single.said_at > latest or answer.produced_at > latest, "ocsp.from_the_future"),
        (at > speaks_until, "ocsp.stale"),
    )
    return next((why for fails, why in checks if fails), "")
