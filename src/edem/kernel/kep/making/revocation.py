"""Revocation lists and OCSP answers of a fixture authority."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from edem.kernel.kep import der, oids, write
from edem.kernel.kep.certificates.cert_id import CertId
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.status import Reason
from edem.kernel.kep.der import Node
from edem.kernel.kep.making import extension_writing as extensions
from edem.kernel.kep.making.authority import Authority, Issued, Revoked
from edem.kernel.kep.making.certificates import key_id_of, sealed

TWO_HOURS: Final = timedelta(hours=2)


@dataclass(frozen=True, kw_only=True)
class Issue:
    """When a list was made, until when it holds, which number it has."""

    at: datetime
    lasts: timedelta = TWO_HOURS
    number: int = 1


def crl(authority: Authority, issue: Issue, *, extras: tuple[bytes, ...] = ()) -> bytes:
    """A full list of what the authority has revoked."""
    return _list(authority, issue, authority.revoked, extras=extras)


def delta_crl(
    authority: Authority, issue: Issue, *, base_number: int, changes: list[Revoked], extras: tuple[bytes, ...] = ()
) -> bytes:
    """What has changed since the full list of the base number; off hold is `Reason.REMOVED_FROM_LIST`."""
    indicator = extensions.extension(oids.DELTA_CRL_INDICATOR, write.integer(base_number), critical=True)
    return _list(authority, issue, changes, extras=(indicator, *extras))


def _list(authority: Authority, issue: Issue, revoked: list[Revoked], *, extras: tuple[bytes, ...]) -> bytes:
    body = write.sequence(
        write.integer(1),
        authority.key.algorithm.written(),
        authority.certificate.subject.raw,
        write.time(issue.at),
        write.time(issue.at + issue.lasts),
        write.sequence(*(_entry(each) for each in revoked)) if revoked else b"",
        write.explicit(
            0,
            write.sequence(
                extensions.extension(oids.CRL_NUMBER, write.integer(issue.number)),
                extensions.authority_key_id(key_id_of(authority.key.public_bytes)),
                *extras,
            ),
        ),
    )
    return sealed(body, authority.key)


def _entry(revoked: Revoked) -> bytes:
    reason = extensions.extension(oids.CRL_REASON, write.enumerated(revoked.reason))
    return write.sequence(write.integer(revoked.serial), write.time(revoked.at), write.sequence(reason))


def asked_in(request: bytes) -> tuple[list[CertId], bytes | None]:
    """What an OCSP request asks about, and its nonce: for simulators of responders."""
    body = der.read(request, most=64 * 2**10).sequence().next().sequence()
    body.tagged(0)
    body.tagged(1)
    asked = [CertId.read(each.sequence().next()) for each in body.next().sequence_of(most=32)]
    return asked, _nonce(body.explicit(2))


def _nonce(node: Node | None) -> bytes | None:
    for each in node.sequence_of() if node else ():
        fields = each.sequence()
        if fields.next().oid() == oids.OCSP_NONCE:
            return der.read(fields.next().octets()).octets()
    return None


def ocsp_answer(
    authority: Authority,
    asked: Certificate | CertId,
    *,
    by: Issued,
    at: datetime,
    lasts: timedelta | None = None,
    nonce: bytes | None = None,
    is_known: bool = True,
) -> bytes:
    """A successful answer about one certificate; `by` is a responder of the authority, or the authority itself."""
    cert_id = asked if isinstance(asked, CertId) else CertId.of(asked, issuer=authority.certificate)
    single = write.sequence(
        cert_id.written(),
        _state(authority, cert_id.serial) if is_known else write.implicit(2, write.NULL),
        write.generalized_time(at),
        write.explicit(0, write.generalized_time(at + lasts)) if lasts else b"",
    )
    nonce_extension = b"" if nonce is None else extensions.extension(oids.OCSP_NONCE, write.octets(nonce))
    said = write.sequence(
        write.explicit(1, by.certificate.subject.raw),
        write.generalized_time(at),
        write.sequence(single),
        write.explicit(1, write.sequence(nonce_extension)) if nonce_extension else b"",
    )
    signature = write.bits(by.key.sign_for_certificate(said))
    certificates = write.explicit(0, write.sequence(by.certificate.der))
    basic = write.sequence(said, by.key.algorithm.written(), signature, certificates)
    response = write.sequence(write.oid(oids.OCSP_BASIC), write.octets(basic))
    return write.sequence(write.enumerated(0), write.explicit(0, response))


def ocsp_refusal(status: int) -> bytes:
    """An answer that answers nothing: 1 malformed request, 2 internal error, 3 try later, 6 unauthorized."""
    return write.sequence(write.enumerated(status))


def _state(authority: Authority, serial: int) -> bytes:
    revoked = next((each for each in authority.revoked if each.serial == serial), None)
    if revoked is None:
        return write.implicit(0, write.NULL)
    reason = b"" if revoked.reason is Reason.UNSPECIFIED else write.explicit(0, write.enumerated(revoked.reason))
    return write.implicit(1, write.sequence(write.generalized_time(revoked.at), reason))
