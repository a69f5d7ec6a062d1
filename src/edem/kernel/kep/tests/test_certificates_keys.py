"""Keys and signatures of every kind: what fits, what does not, and what is refused before any arithmetic."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from edem.kernel.kep import der, oids, write
from edem.kernel.kep.algorithms import dstu4145
from edem.kernel.kep.algorithms.curves import NAMED
from edem.kernel.kep.algorithms.sbox import DKE_1
from edem.kernel.kep.certificates.dstu_key import SCHEMES
from edem.kernel.kep.certificates.key_reading import read_public_key
from edem.kernel.kep.certificates.public_key import is_dstu, signature_from_bits
from edem.kernel.kep.certificates.remembered import MOST, remembered
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.making.keys import (
    ECDSA,
    GOST_M257,
    GOST_M257_BIG_ENDIAN,
    GOST_M257_NAMED,
    KUPYNA384_M431,
    KUPYNA512_M431,
    KUPYNA_M257,
    DstuKind,
    RsaKind,
    make_key,
)
from edem.kernel.kep.tests.hierarchy import root, signer

MESSAGE = "Підтримую петицію".encode()
RSA_KINDS = [RsaKind(), RsaKind(is_pss=True)]
KINDS = [GOST_M257, GOST_M257_NAMED, GOST_M257_BIG_ENDIAN, KUPYNA_M257, KUPYNA384_M431, KUPYNA512_M431, ECDSA]
KINDS += [DstuKind(curve=curve, is_written_out=written) for curve in ("m163", "m233") for written in (True, False)]


@pytest.mark.parametrize("kind", [*KINDS, *RSA_KINDS], ids=repr)
def test_a_signature_fits_its_message_and_no_other(kind):
    key = make_key(kind, seed="signer")
    signature, name = key.sign(MESSAGE), key.algorithm
    assert key.public.verify(signature, MESSAGE, name.oid, parameters=name.parameters)
    assert not key.public.verify(signature, MESSAGE + b".", name.oid, parameters=name.parameters)
    changed = signature[:5] + bytes([signature[5] ^ 1]) + signature[6:]
    assert not key.public.verify(changed, MESSAGE, name.oid, parameters=name.parameters)


def test_a_signature_is_of_one_key_only():
    one, other = (make_key(GOST_M257, seed=seed) for seed in ("one", "other"))
    assert not other.public.verify(one.sign(MESSAGE), MESSAGE, one.algorithm.oid)


def test_a_hash_is_not_taken_for_another():
    key = make_key(GOST_M257, seed="signer")
    assert not key.public.verify(key.sign(MESSAGE), MESSAGE, oids.DSTU4145_KUPYNA256)


def test_an_algorithm_of_another_kind_cannot_be_checked():
    dstu, elliptic = make_key(GOST_M257, seed="signer").public, make_key(ECDSA, seed="signer").public
    for key, algorithm in ((dstu, oids.ECDSA_SHA256), (elliptic, oids.DSTU4145_GOST_PB_LE), (dstu, "1.2.3")):
        with pytest.raises(Unreadable) as refused:
            key.verify(b"\x00" * 64, MESSAGE, algorithm)
        assert refused.value.code == "signature.unknown_algorithm"


def test_cms_may_name_the_hash_apart():
    rsa_key, elliptic = make_key(RsaKind(), seed="signer"), make_key(ECDSA, seed="signer")
    signature = rsa_key.sign(MESSAGE)
    assert rsa_key.public.verify(signature, MESSAGE, oids.RSA_ENCRYPTION, digest=oids.SHA256)
    assert not rsa_key.public.verify(signature, MESSAGE, oids.RSA_ENCRYPTION, digest=oids.SHA512)
    assert elliptic.public.verify(elliptic.sign(MESSAGE), MESSAGE, oids.EC_PUBLIC_KEY, digest=oids.SHA256)
    for digest in (None, oids.SHA1, oids.GOST34311):
        with pytest.raises(Unreadable):
            rsa_key.public.verify(signature, MESSAGE, oids.RSA_ENCRYPTION, digest=digest)


@pytest.mark.parametrize("parameters", [None, write.NULL, write.sequence()])
def test_a_padding_that_names_no_hash_is_refused(parameters):
    key = make_key(RsaKind(is_pss=True), seed="signer")
    with pytest.raises(Unreadable):
        key.public.verify(key.sign(MESSAGE), MESSAGE, oids.RSA_PSS, parameters=parameters)


def test_the_order_of_octets_is_the_whole_difference_of_the_big_endian_kind():
    little, big = (make_key(kind, seed="signer") for kind in (GOST_M257, GOST_M257_BIG_ENDIAN))
    assert little.sign(MESSAGE) == big.sign(MESSAGE)[::-1]
    ours, theirs = (der.read(key.public.bits).octets() for key in (little, big))
    assert ours == theirs[::-1]


def test_in_certificates_a_dstu_signature_is_wrapped():
    certificate = root().certificate
    raw = signature_from_bits(certificate.signature, algorithm=certificate.signature_algorithm.oid)
    assert certificate.signature == write.octets(raw)
    assert all(is_dstu(algorithm) for algorithm in SCHEMES)
    assert not is_dstu(oids.ECDSA_SHA256)


def written(curve=None, *, table=None, algorithm=oids.DSTU4145_GOST_PB_LE, point=None):
    key = make_key(GOST_M257, seed="signer")
    fields = der.read(key.public_bytes).sequence()
    parameters = fields.next().sequence().rest()[1].sequence()
    parameters = write.sequence(curve or parameters.next().raw, table or b"")
    bits = write.bits(write.octets(point)) if point is not None else fields.next().raw
    return write.sequence(write.sequence(write.oid(algorithm), parameters), bits)


def explicit(*, degree=257, middle=(12,), a=0, b=None, order=None, base=None, version=None):
    curve = NAMED["m257"]
    return write.sequence(
        b"" if version is None else write.explicit(0, write.integer(version)),
        write.sequence(
            write.integer(degree),
            write.integer(middle[0]) if len(middle) == 1 else write.sequence(*map(write.integer, middle)),
        ),
        write.integer(a),
        write.octets((curve.parameters.b if b is None else b).to_bytes(33, "little")),
        write.integer(order or curve.order),
        write.octets(dstu4145.compress_point(base or curve.base, curve)),
    )


def test_the_table_of_substitutions_may_be_left_out_or_be_the_known_one():
    for source in (written(), written(table=write.octets(DKE_1)), written(explicit(version=0))):
        assert read_public_key(source).description == "ДСТУ 4145 m257"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (written(table=write.octets(DKE_1[::-1])), "key.unknown_sbox"),
        (written(explicit(degree=256)), "key.unknown_curve"),
        (written(explicit(middle=(11,))), "key.unknown_curve"),
        (written(explicit(middle=(12, 2, 1))), "key.unknown_curve"),
        (written(explicit(a=1)), "key.unknown_curve"),
        (written(explicit(b=1)), "key.unknown_curve"),
        (written(explicit(order=NAMED["m257"].order - 2)), "key.unknown_curve"),
        (written(explicit(version=1)), "key.unknown_curve_version"),
        (written(write.oid(f"{oids.DSTU4145_CURVES}.10")), "key.unknown_curve"),
        (written(write.oid(f"{oids.DSTU4145_CURVES}.{10**9}")), "key.unknown_curve"),
        (written(write.oid("1.2.840.10045.3.1.7")), "key.unknown_curve"),
        (written(algorithm=oids.DSTU4145_GOST_ONB_LE), "key.unknown_algorithm"),
        (written(algorithm="1.2.3"), "key.unknown_algorithm"),
        (written(point=bytes(33)), "point.not_in_the_group"),
        (written(point=b"\xff" * 33), "point.too_long"),
        (written(point=bytes(32)), "point.size"),
    ],
)
def test_a_key_that_is_not_of_the_standard_is_refused(source, code):
    with pytest.raises(Unreadable) as refused:
        read_public_key(source)
    assert refused.value.code == code


def test_a_generator_of_somebody_s_own_choice_is_refused():
    """With a generator of his own a forger knows «the private key» of any foreign point (CVE-2020-0601)."""
    own = make_key(GOST_M257, seed="forger").point
    with pytest.raises(Unreadable) as refused:
        read_public_key(written(explicit(base=own)))
    assert refused.value.code == "key.unknown_base_point"


def of_other(key) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (of_other(ec.derive_private_key(5, ec.SECP256K1())), "key.unknown_curve"),
        (of_other(ec.derive_private_key(5, ec.BrainpoolP256R1())), "key.unknown_curve"),
    ],
)
def test_curves_beyond_the_common_three_are_refused(source, code):
    with pytest.raises(Unreadable) as refused:
        read_public_key(source)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("modulus", "exponent", "code"),
    [
        ((1 << 1023) + 1, 65537, "key.bad_size"),
        ((1 << 16383) + 1, 65537, "key.bad_size"),
        ((1 << 2047) + 1, (1 << 2000) + 1, "key.bad_exponent"),
    ],
    ids=["weak", "costly", "of a huge exponent"],
)
def test_weak_and_costly_rsa_keys_are_refused(modulus, exponent, code):
    numbers = write.sequence(write.integer(modulus), write.integer(exponent))
    source = write.sequence(write.sequence(write.oid(oids.RSA_ENCRYPTION), write.NULL), write.bits(numbers))
    with pytest.raises(Unreadable) as refused:
        read_public_key(source)
    assert refused.value.code in (code, "key.bad")


@pytest.mark.parametrize("kind", [ECDSA, RsaKind(), RsaKind(is_pss=True)], ids=repr)
def test_what_cryptography_reads_in_our_certificates_is_what_we_read(kind):
    ours = signer(kind).certificate
    theirs, issuer = (
        x509.load_der_x509_certificate(each.der) for each in (ours, root(kind).authority("А", kind=ECDSA).certificate)
    )
    assert theirs.serial_number == ours.serial
    assert theirs.not_valid_before_utc == ours.valid_from
    assert theirs.not_valid_after_utc == ours.valid_until
    assert theirs.tbs_certificate_bytes == ours.signed_part
    assert theirs.subject.public_bytes() == ours.subject.raw
    usage = theirs.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.content_commitment, usage.key_cert_sign) == (True, True, False)
    points = theirs.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    assert tuple(name.value for point in points for name in point.full_name) == ours.extensions.crl_addresses
    root_of_theirs = x509.load_der_x509_certificate(root(kind).certificate.der)
    root_of_theirs.verify_directly_issued_by(root_of_theirs)
    issuer.verify_directly_issued_by(root_of_theirs)


def test_what_cryptography_makes_is_read_and_verified_by_us():
    """The other way round: their builder, our reader."""
    from datetime import UTC, datetime

    from cryptography.hazmat.primitives import hashes

    from edem.kernel.kep.certificates.certificate import Certificate

    private = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Випробування")])
    builder = x509.CertificateBuilder(name, name, private.public_key(), 5, datetime(2024, 1, 1), datetime(2060, 1, 1))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=3), critical=True)
    made = Certificate.parse(builder.sign(private, hashes.SHA384()).public_bytes(Encoding.DER))
    assert (made.serial, made.subject.common_name, made.is_self_issued) == (5, "Випробування", True)
    assert (made.extensions.is_authority, made.extensions.path_length) == (True, 3)
    assert made.valid_until == datetime(2060, 1, 1, tzinfo=UTC)
    assert made.is_signed_with(made.public_key)


def test_a_signature_is_checked_once_while_it_is_remembered():
    key, asked = make_key(GOST_M257, seed="signer").public, []

    def check() -> bool:
        asked.append(True)
        return False

    assert [remembered(b"one", key, check) for _ in range(3)] == [False, False, False]
    assert len(asked) == 1
    remembered(b"one", make_key(GOST_M257, seed="other").public, check)
    assert len(asked) == 2
    for number in range(MOST):
        remembered(number.to_bytes(4, "big"), key, check)
    remembered(b"one", key, check)
    assert len(asked) == MOST + 3
