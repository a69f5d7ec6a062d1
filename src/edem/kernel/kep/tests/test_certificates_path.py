"""A path is found where there is one, refused where the law of X.509 is broken, and never searched for without end."""

from dataclasses import replace
from datetime import timedelta
from time import process_time

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from edem.kernel.kep import oids, write
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.extensions import KeyUsage
from edem.kernel.kep.certificates.ocsp import status_by_ocsp
from edem.kernel.kep.certificates.ocsp_answer import OcspAnswer
from edem.kernel.kep.certificates.path import MOST_SIGNATURES, find_path
from edem.kernel.kep.certificates.trust import Anchor, TrustList
from edem.kernel.kep.making import extension_writing as extensions
from edem.kernel.kep.making.authority import AUTHORITY_TERM, Authority
from edem.kernel.kep.making.certificates import BEGINNING, Term, sealed
from edem.kernel.kep.making.keys import (
    ECDSA,
    GOST_M257,
    GOST_M257_BIG_ENDIAN,
    GOST_M257_NAMED,
    KUPYNA_M257,
    RSA,
    make_key,
)
from edem.kernel.kep.making.revocation import ocsp_answer
from edem.kernel.kep.making.subjects import Organisation
from edem.kernel.kep.tests.hierarchy import NOW, OLENA, authority, root, signer, trust
from edem.kernel.kep.verdict import Result

ISSUING = extensions.key_usage(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN)
OTHER = Organisation(title="Хтось інший")


def codes(path):
    return {fault.code for fault in (*path.faults, *path.out_of_force)}


def under(issuer: Authority, *extras: bytes, seed: str = "odd", subject=OTHER) -> Authority:
    """An authority whose certificate has exactly these extensions."""
    made = issuer.issue(subject, make_key(ECDSA, seed=seed), term=AUTHORITY_TERM, extras=extras)
    return Authority(certificate=made.certificate, key=made.key, above=issuer, seed=seed)


@pytest.fixture(scope="module")
def tall() -> Authority:
    """A root of fast keys, to build odd paths upon."""
    return Authority.root("Корінь", kind=ECDSA, seed="tall")


def path_of(tall: Authority, lowest: Authority, **kwargs):
    leaf = lowest.person(OLENA, kind=ECDSA).certificate
    return find_path(leaf, others=lowest.chain, trust=TrustList.of([tall.certificate]), at=NOW, **kwargs)


@pytest.mark.parametrize("kind", [GOST_M257, GOST_M257_NAMED, GOST_M257_BIG_ENDIAN, KUPYNA_M257, RSA, ECDSA])
def test_a_path_is_found_with_keys_of_every_kind(kind):
    path = find_path(signer(kind).certificate, others=authority(kind).chain, trust=trust(kind), at=NOW)
    assert path.holds
    assert path.chain == (signer(kind).certificate, authority(kind).certificate, root(kind).certificate)
    assert path.issuer == authority(kind).certificate


def test_an_intermediate_may_be_what_is_trusted():
    path = find_path(signer().certificate, trust=TrustList.of([authority().certificate]), at=NOW)
    assert path.holds
    assert len(path.chain) == 2


def test_a_self_signed_root_that_nobody_trusts_is_told_apart():
    path = find_path(signer().certificate, others=authority().chain, trust=TrustList(), at=NOW)
    assert (path.is_complete, path.is_trusted, path.holds) == (True, False, False)


def test_without_its_issuer_a_path_does_not_begin():
    path = find_path(signer().certificate, trust=trust(), at=NOW)
    assert (path.is_complete, path.why_incomplete, path.issuer) == (False, "path.issuer_not_found", None)


def test_trust_has_its_term():
    believed = TrustList((Anchor(certificate=root().certificate, trusted_until=NOW),))
    before, after = (
        find_path(signer().certificate, others=authority().chain, trust=believed, at=at)
        for at in (NOW - timedelta(seconds=1), NOW)
    )
    assert before.holds
    assert (after.is_complete, after.is_trusted) == (True, False)
    assert not Anchor(certificate=root().certificate, trusted_from=NOW).is_trusted(NOW - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (BEGINNING - timedelta(seconds=1), "certificate.not_yet_in_force"),
        (BEGINNING + timedelta(days=730, seconds=1), "certificate.expired"),
    ],
)
def test_a_certificate_out_of_its_term_is_told(at, code):
    path = find_path(signer().certificate, others=authority().chain, trust=trust(), at=at)
    assert code in codes(path)
    assert not path.holds


def test_an_expired_authority_is_told(tall):
    old = tall.authority("Давній", kind=ECDSA, term=Term(ends=BEGINNING + timedelta(days=30)))
    assert codes(path_of(tall, old)) == {"certificate.expired"}


def test_a_person_cannot_issue_certificates():
    holder = signer(ECDSA)
    impostor = Authority(certificate=holder.certificate, key=holder.key, above=authority(ECDSA), seed="impostor")
    path = find_path(impostor.person(OLENA, kind=ECDSA).certificate, others=impostor.chain, trust=trust(ECDSA), at=NOW)
    assert path.is_trusted
    assert codes(path) == {"certificate.not_an_authority", "certificate.may_not_issue", "certificate.path_too_long"}


def test_an_authority_without_the_right_to_issue_is_told(tall):
    usage = extensions.key_usage(KeyUsage.CRL_SIGN)
    assert codes(path_of(tall, under(tall, usage, extensions.authority()))) == {"certificate.may_not_issue"}
    assert codes(path_of(tall, under(tall, ISSUING))) == {"certificate.not_an_authority"}


def test_a_path_length_is_kept(tall):
    first = tall.authority("Перший", kind=ECDSA, seed="first", path_length=0)
    assert path_of(tall, first).holds
    second = first.authority("Другий", kind=ECDSA, seed="second", path_length=None)
    assert codes(path_of(tall, second)) == {"certificate.path_too_long"}


def test_an_unknown_critical_extension_is_refused_and_an_unknown_other_is_not(tall):
    strange = write.utf8("щось")
    harmless = under(tall, ISSUING, extensions.authority(), extensions.extension("1.2.3.4", strange))
    assert path_of(tall, harmless).holds
    critical = under(tall, ISSUING, extensions.authority(), extensions.extension("1.2.3.4", strange, critical=True))
    assert codes(path_of(tall, critical)) == {"certificate.unknown_critical_extension"}
    constraints = extensions.extension(oids.NAME_CONSTRAINTS, write.sequence(), critical=True)
    assert not path_of(tall, under(tall, ISSUING, extensions.authority(), constraints)).holds


def test_a_certificate_of_another_key_under_the_same_name_is_not_the_issuer(tall):
    real, double = tall.authority("Близнюк", kind=ECDSA), tall.authority("Близнюк", kind=ECDSA, seed="double")
    leaf = real.person(OLENA, kind=ECDSA).certificate
    path = find_path(leaf, others=[double.certificate], trust=TrustList.of([tall.certificate]), at=NOW)
    assert (path.is_complete, path.why_incomplete) == (False, "path.issuer_not_found")


def test_a_forged_certificate_is_not_signed_by_its_issuer():
    genuine = signer().certificate
    forged = bytearray(genuine.der)
    forged[genuine.der.index("Олена".encode())] ^= 1
    path = find_path(Certificate.parse(bytes(forged)), others=authority().chain, trust=trust(), at=NOW)
    assert (path.is_complete, path.is_trusted, path.why_incomplete) == (False, False, "path.bad_signature")


def test_a_re_issued_authority_leads_to_the_same_root(tall):
    """Two certificates of one authority: the expired one must not hide the one in force."""
    old = tall.authority("Надавач", kind=ECDSA, term=Term(ends=BEGINNING + timedelta(days=30)))
    new = tall.authority("Надавач", kind=ECDSA)
    leaf = new.person(OLENA, kind=ECDSA).certificate
    for others in ([old.certificate, new.certificate], [new.certificate, old.certificate]):
        path = find_path(leaf, others=others, trust=TrustList.of([tall.certificate]), at=NOW)
        assert path.holds
        assert path.chain[1] == new.certificate


def test_authorities_that_certify_each_other_do_not_go_round(tall):
    one, other = (tall.authority(title, kind=ECDSA, seed=title, path_length=None) for title in ("Один", "Другий"))
    loop = [
        Authority(certificate=issuer.certificate, key=issuer.key, seed="loop")
        .issue(
            Organisation(title=title, edrpou="43395033"),
            made.key,
            term=AUTHORITY_TERM,
            extras=(ISSUING, extensions.authority()),
        )
        .certificate
        for issuer, made, title in ((one, other, "Другий"), (other, one, "Один"))
    ]
    leaf = one.person(OLENA, kind=ECDSA).certificate
    path = find_path(leaf, others=loop, trust=TrustList(), at=NOW)
    assert not path.is_complete
    assert [each.subject.common_name for each in path.chain[1:]] == ["Один", "Другий"]


def test_a_crowd_of_false_issuers_is_not_tried_without_end(monkeypatch):
    """Hundreds of certificates with the right name and no key identifiers: the work has its bound."""
    genuine = authority().certificate
    crowd = [
        Certificate.parse(genuine.der.replace(write.integer(genuine.serial), write.integer(genuine.serial ^ number)))
        for number in range(1, 200)
    ]
    leaf = signer().certificate
    forged = bytearray(leaf.der)
    forged[leaf.der.index("Олена".encode())] ^= 1
    tried = []
    monkeypatch.setattr(Certificate, "is_signed_with", lambda self, key: tried.append(key) is not None)
    began = process_time()
    path = find_path(Certificate.parse(bytes(forged)), others=crowd, trust=trust(), at=NOW)
    assert (path.is_complete, path.why_incomplete) == (False, "path.too_many_candidates")
    assert len(tried) == MOST_SIGNATURES
    assert process_time() - began < 5


def test_a_ladder_of_authorities_is_not_climbed_without_end(tall):
    step = tall
    for number in range(9):
        step = step.authority(f"Щабель {number}", kind=ECDSA, seed=f"step{number}", path_length=None)
    path = path_of(tall, step)
    assert (path.is_complete, path.why_incomplete) == (False, "path.too_long")


def test_the_same_seed_makes_the_same_certificates():
    again = Authority.root("ЦЗО для випробувань", kind=GOST_M257)
    assert again.certificate == root().certificate
    assert replace(OLENA, surname="Інша") != OLENA


def test_an_issuer_with_an_unknown_kind_of_key_is_no_crash():
    """Its certificate is read, its key is not: nothing that it signed can be checked."""
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    spki = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    genuine = authority().certificate
    strange = Certificate.parse(
        sealed(genuine.signed_part.replace(genuine.key_bytes, spki).replace(*lengths(genuine, spki)), root().key)
    )
    path = find_path(signer().certificate, others=[strange], trust=TrustList(), at=NOW)
    assert (path.is_complete, path.why_incomplete) == (False, "key.unknown_algorithm")
    answer = OcspAnswer.parse(ocsp_answer(authority(), signer().certificate, by=authority().responder(), at=NOW))
    status = status_by_ocsp(signer().certificate, issuer=strange, answer=answer, at=NOW, now=NOW)
    assert status.result is Result.NOT_MADE


def lengths(certificate, spki) -> tuple[bytes, bytes]:
    """The header of the signed part, before and after its key has become shorter."""
    size = len(certificate.signed_part) - 4
    shorter = size - len(certificate.key_bytes) + len(spki)
    return b"\x30\x82" + size.to_bytes(2, "big"), b"\x30\x82" + shorter.to_bytes(2, "big")
