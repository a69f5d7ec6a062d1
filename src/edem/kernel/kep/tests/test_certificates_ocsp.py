"""OCSP: what is asked, and whose answer is believed."""

from datetime import timedelta

import pytest

from edem.kernel.kep import der, oids
from edem.kernel.kep.certificates.cert_id import CertId
from edem.kernel.kep.certificates.ocsp import FRESH_FOR, ocsp_request, status_by_ocsp
from edem.kernel.kep.certificates.ocsp_answer import OcspAnswer
from edem.kernel.kep.certificates.status import Reason
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.making.authority import Authority, Issued
from edem.kernel.kep.making.certificates import BEGINNING, Term
from edem.kernel.kep.making.keys import ECDSA
from edem.kernel.kep.making.revocation import asked_in, ocsp_answer, ocsp_refusal
from edem.kernel.kep.tests.hierarchy import NOW, OLENA, authority, fresh_authority, signer
from edem.kernel.kep.verdict import Result

SECOND = timedelta(seconds=1)


@pytest.fixture
def ca() -> Authority:
    return fresh_authority()


@pytest.fixture(scope="module")
def responder() -> Issued:
    return fresh_authority().responder()


def judged(ca, by, *, at=NOW, now=NOW, nonce=None, certificate=None, others=(), **kwargs):
    certificate = certificate or signer().certificate
    source = ocsp_answer(ca, kwargs.pop("asked", certificate), by=by, at=kwargs.pop("said_at", NOW), **kwargs)
    return status_by_ocsp(
        certificate,
        issuer=ca.certificate,
        answer=OcspAnswer.parse(source),
        at=at,
        now=now,
        nonce=nonce,
        others=others,
    )


def test_a_request_names_the_certificate_by_ukrainian_hashes():
    request = ocsp_request(signer().certificate, issuer=authority().certificate, nonce=b"1234567890")
    asked, nonce = asked_in(request)
    assert nonce == b"1234567890"
    assert [each.hash_oid for each in asked] == [oids.GOST34311]
    assert asked[0].names(signer().certificate, issuer=authority().certificate)
    assert not asked[0].names(authority().certificate, issuer=authority().certificate)
    assert asked_in(ocsp_request(signer().certificate, issuer=authority().certificate))[1] is None


def test_a_request_about_other_certificates_is_what_their_responders_know():
    """`cryptography` builds the same request."""
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA1
    from cryptography.x509.ocsp import OCSPRequestBuilder, load_der_ocsp_request

    one, above = signer(ECDSA).certificate, authority(ECDSA).certificate
    ours = ocsp_request(one, issuer=above)
    theirs = OCSPRequestBuilder().add_certificate(
        x509.load_der_x509_certificate(one.der),
        x509.load_der_x509_certificate(above.der),
        SHA1(),  # noqa: S303
    )
    read = load_der_ocsp_request(ours)
    built = theirs.build()
    assert (read.issuer_key_hash, read.issuer_name_hash, read.serial_number) == (
        built.issuer_key_hash,
        built.issuer_name_hash,
        built.serial_number,
    )


def test_an_answer_about_other_certificates_is_what_cryptography_reads():
    from cryptography.x509.ocsp import OCSPCertStatus, load_der_ocsp_response

    ca = Authority(
        certificate=authority(ECDSA).certificate, key=authority(ECDSA).key, above=authority(ECDSA).above, seed="ocsp"
    )
    one = signer(ECDSA).certificate
    ca.revoke(one, at=NOW - SECOND, reason=Reason.SUPERSEDED)
    read = load_der_ocsp_response(ocsp_answer(ca, one, by=ca.responder(kind=ECDSA), at=NOW))
    single = next(iter(read.responses))
    assert single.certificate_status is OCSPCertStatus.REVOKED
    assert single.serial_number == one.serial


def test_a_delegated_responder_is_believed(ca, responder):
    status = judged(ca, responder, nonce=b"1")
    assert (status.result, status.said_at) == (Result.PASSED, NOW)


def test_the_authority_may_answer_itself(ca):
    assert judged(ca, Issued(certificate=ca.certificate, key=ca.key)).result is Result.PASSED


def test_a_revoked_certificate_is_told(ca, responder):
    ca.revoke(signer().certificate, at=NOW - SECOND, reason=Reason.KEY_COMPROMISE)
    status = judged(ca, responder)
    assert (status.result, status.revoked_at, status.reason) == (Result.FAILED, NOW - SECOND, Reason.KEY_COMPROMISE)
    assert judged(ca, responder, at=NOW - 2 * SECOND).result is Result.PASSED


def test_a_certificate_that_the_responder_does_not_know_is_undecided(ca, responder):
    assert judged(ca, responder, is_known=False).why == "ocsp.unknown_to_responder"


def test_an_answer_about_another_certificate_says_nothing(ca, responder):
    assert judged(ca, responder, asked=ca.certificate).why == "ocsp.of_another_certificate"


@pytest.mark.parametrize("hash_oid", [oids.GOST34311, oids.SHA1, oids.SHA256, oids.KUPYNA256])
def test_a_certificate_may_be_named_by_any_known_hash(ca, responder, hash_oid):
    asked = CertId.of(signer().certificate, issuer=ca.certificate, hash_oid=hash_oid)
    assert judged(ca, responder, asked=asked).result is Result.PASSED


def test_an_answer_by_an_unknown_hash_says_nothing(ca, responder):
    asked = CertId(hash_oid="1.2.3", name_hash=b"", key_hash=b"", serial=signer().certificate.serial)
    assert judged(ca, responder, asked=asked).why == "ocsp.of_another_certificate"


def test_a_person_of_the_same_authority_may_not_answer(ca):
    assert judged(ca, signer()).why == "ocsp.responder_may_not"


def test_a_responder_of_another_authority_may_not_answer(ca):
    assert ca.above is not None
    assert judged(ca, ca.above.responder()).why == "ocsp.responder_of_another_issuer"


def test_a_responder_that_the_authority_did_not_sign_may_not_answer(ca):
    impostor = Authority(certificate=ca.certificate, key=signer().key, seed="impostor")
    assert judged(ca, impostor.responder()).why == "ocsp.responder_of_another_issuer"


def test_a_responder_out_of_force_may_not_answer(ca):
    old = ca.responder(term=Term(ends=BEGINNING + timedelta(days=1)))
    assert judged(ca, old).why == "ocsp.responder_out_of_force"


def test_an_answer_by_an_unknown_key_is_not_believed(ca, responder):
    stolen = Issued(certificate=responder.certificate, key=signer().key)
    assert judged(ca, stolen).why == "ocsp.bad_signature"


def test_a_changed_answer_is_not_believed(ca, responder):
    ca.revoke(signer().certificate, at=NOW + timedelta(days=1))
    source = ocsp_answer(ca, signer().certificate, by=responder, at=NOW)
    place = source.index(b"20250302120000Z")
    forged = OcspAnswer.parse(source[:place] + b"2035" + source[place + 4 :])
    status = status_by_ocsp(signer().certificate, issuer=ca.certificate, answer=forged, at=NOW, now=NOW)
    assert status.why == "ocsp.bad_signature"


@pytest.mark.parametrize(
    ("later", "lasts", "why"),
    [
        (FRESH_FOR, None, ""),
        (FRESH_FOR + SECOND, None, "ocsp.stale"),
        (timedelta(days=1), timedelta(days=1), ""),
        (timedelta(days=1) + SECOND, timedelta(days=1), "ocsp.stale"),
        (timedelta(days=-1), None, ""),
    ],
)
def test_an_answer_speaks_of_the_past_and_a_little_of_the_future(ca, responder, later, lasts, why):
    assert judged(ca, responder, at=NOW + later, now=NOW + timedelta(days=2), lasts=lasts).why == why


def test_an_answer_from_the_future_says_nothing(ca, responder):
    assert judged(ca, responder, now=NOW - timedelta(hours=1), at=NOW).why == "ocsp.from_the_future"


def test_an_answer_to_another_question_says_nothing(ca, responder):
    source = ocsp_answer(ca, signer().certificate, by=responder, at=NOW, nonce=b"theirs")
    answer = OcspAnswer.parse(source)
    asked = dict(issuer=ca.certificate, answer=answer, at=NOW, now=NOW)
    assert status_by_ocsp(signer().certificate, **asked, nonce=b"ours").why == "ocsp.other_nonce"
    assert status_by_ocsp(signer().certificate, **asked, nonce=b"theirs").result is Result.PASSED


@pytest.mark.parametrize("status", [1, 2, 3, 5, 6, 9])
def test_a_refusal_is_no_answer(status):
    with pytest.raises(Unreadable, match="ocsp"):
        OcspAnswer.parse(ocsp_refusal(status))


def test_the_basic_answer_alone_is_read_too(ca, responder):
    """CAdES keeps answers without their envelope."""
    source = ocsp_answer(ca, signer().certificate, by=responder, at=NOW)
    outer = der.read(source).sequence()
    outer.next()
    body = outer.next().inside().sequence()
    body.next()
    assert OcspAnswer.parse(body.next().octets()).answers[0].cert_id.serial == signer().certificate.serial


def test_the_responder_may_be_among_certificates_at_hand(ca):
    assert judged(ca, ca.responder(), others=[authority().certificate], certificate=ca.person(OLENA).certificate).result
