"""Trust lists and bundles are read from the files that operators have."""

import base64

import pytest

from edem.kernel.kep import oids, write
from edem.kernel.kep.certificates.bundle import certificates_in
from edem.kernel.kep.certificates.trust import TrustList
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.making.keys import ECDSA
from edem.kernel.kep.tests.hierarchy import NOW, authority, root, signer


def pem(certificate) -> bytes:
    lines = base64.encodebytes(certificate.der).decode()
    return f"-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----\n".encode()


def bundle(*certificates) -> bytes:
    inside = write.implicit(0, write.set_of(*(each.der for each in certificates)))
    content = write.sequence(write.oid(oids.CMS_DATA))
    signed = write.sequence(write.integer(1), write.set_of(), content, inside, write.set_of())
    return write.sequence(write.oid(oids.CMS_SIGNED), write.explicit(0, signed))


def test_certificates_come_in_der_in_pem_and_in_bundles():
    one, other = root().certificate, authority().certificate
    assert certificates_in(one.der) == (one,)
    assert certificates_in("Корінь\n".encode() + pem(one) + b"\n" + pem(other)) == (one, other)
    assert set(certificates_in(bundle(one, other))) == {one, other}


def test_a_bundle_may_come_in_pem_too():
    text = base64.encodebytes(bundle(root().certificate)).decode()
    assert certificates_in(f"-----BEGIN PKCS7-----\n{text}-----END PKCS7-----".encode()) == (root().certificate,)


def test_a_trust_list_holds_each_certificate_once():
    trusted = TrustList.read([root().certificate.der, pem(root().certificate), bundle(root(ECDSA).certificate)])
    assert len(trusted) == 2
    assert list(trusted) == [root().certificate, root(ECDSA).certificate]
    assert trusted.is_trusted(root().certificate, NOW)
    assert not trusted.is_trusted(signer().certificate, NOW)
    assert trusted.named(authority().certificate.issuer)


@pytest.mark.parametrize(
    "file",
    [b"", b"root", b"-----BEGIN CERTIFICATE-----\n====\n-----END CERTIFICATE-----", write.sequence(write.oid("1.2.3"))],
)
def test_a_file_that_is_no_certificate_is_refused(file):
    with pytest.raises(Unreadable):
        TrustList.read([file])


def test_a_file_with_no_whole_certificate_gives_none():
    assert certificates_in(b"-----BEGIN CERTIFICATE-----") == ()
