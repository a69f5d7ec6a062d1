"""Certificates and a list of real Ukrainian providers: read, and verified up to the central root."""

from datetime import UTC, datetime

import pytest

from edem.kernel.kep import oids
from edem.kernel.kep.certificates.bundle import certificates_in
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.crl import RevocationList, status_by_list, why_unusable
from edem.kernel.kep.certificates.extensions import KeyUsage
from edem.kernel.kep.certificates.path import find_path
from edem.kernel.kep.certificates.trust import TrustList
from edem.kernel.kep.tests.vectors import FOLDER, needs_vectors
from edem.kernel.kep.verdict import Result

pytestmark = [needs_vectors, pytest.mark.real_data]

CERTIFICATES = {
    "root": "CAO-05E19E2CD92EA2990100000001000000C1000000.cer",
    "diia": "diia-CA-05E19E2CD92EA2990100000001000000E1000000.cer",
    "tsp": "diia-2023-tsp-05E19E2CD92EA29902000000010000004A010000.cer",
    "ocsp": "diia-ocsp-3ED5083160DBC59B0200000001000000202B0F00.cer",
    "seal": "diia-test-sign-7775603.cer",
    "agreement": "diia-test-kep-7775604.cer",
}
LIST = "BED5083160DBC59BCDDF707C10293F58BB6ED263C6EA5893D3781B61F493BE57-delta-0ABEA7.crl"
SEPTEMBER_2023 = datetime(2023, 9, 1, tzinfo=UTC)


def real(name: str) -> Certificate:
    return Certificate.parse((FOLDER / "certs" / CERTIFICATES[name]).read_bytes())


@pytest.fixture(scope="module")
def others():
    return [real(name) for name in CERTIFICATES]


def real_list() -> RevocationList:
    return RevocationList.parse((FOLDER / "certs" / LIST).read_bytes())


@pytest.mark.parametrize(("name", "length"), [("diia", 2), ("tsp", 2), ("ocsp", 3), ("seal", 3), ("agreement", 3)])
def test_a_real_certificate_leads_to_the_central_root(name, length, others):
    path = find_path(real(name), others=others, trust=TrustList.of([real("root")]), at=SEPTEMBER_2023)
    assert path.holds
    assert len(path.chain) == length
    assert path.chain[-1].public_key.description == "ДСТУ 4145 m431"


def test_without_the_central_root_nobody_is_trusted(others):
    path = find_path(real("seal"), others=others, trust=TrustList(), at=SEPTEMBER_2023)
    assert (path.is_complete, path.is_trusted) == (True, False)


def test_a_real_certificate_that_has_expired_is_told():
    path = find_path(
        real("seal"), others=[real("diia")], trust=TrustList.of([real("root")]), at=datetime(2025, 1, 1, tzinfo=UTC)
    )
    assert path.is_trusted
    assert [fault.code for fault in path.out_of_force] == ["certificate.expired"]


def test_a_real_certificate_says_who_and_what_for():
    seal = real("seal")
    assert seal.holder.edrpou == "43395033"
    assert seal.holder.organisation == "ДП ДІЯ (Тестування)"
    assert seal.holder.tax_number == ""
    assert (seal.is_seal, seal.is_qualified, seal.is_key_in_device) == (True, True, False)
    assert seal.extensions.key_usage == {KeyUsage.DIGITAL_SIGNATURE, KeyUsage.NON_REPUDIATION}
    assert seal.extensions.policies == {oids.POLICY_QUALIFIED}
    assert seal.extensions.crl_addresses == ("http://ca.informjust.ua/download/crls/CA-BED50831-Full-S17.crl",)
    assert seal.extensions.delta_crl_addresses == ("http://ca.informjust.ua/download/crls/CA-BED50831-Delta-S17.crl",)
    assert seal.extensions.ocsp_addresses == ("http://ca.informjust.ua/services/ocsp/",)
    assert seal.extensions.tsp_addresses == ("http://ca.informjust.ua/services/tsp/",)
    assert seal.extensions.issuer_addresses == ("http://ca.informjust.ua/uploads/certificates/diia.p7b",)
    assert real("tsp").extensions.extended_key_usage == {oids.EKU_TIME_STAMPING}
    assert real("root").extensions.path_length == 2
    assert real("agreement").extensions.key_usage == {KeyUsage.KEY_AGREEMENT}


def test_the_real_delta_list_is_signed_by_its_authority_and_no_other():
    listed = real_list()
    assert (listed.is_delta, listed.number, listed.base_number) == (True, 0x0ABEA7, 0x0AA99C)
    assert listed.is_signed_with(real("diia").public_key)
    assert not listed.is_signed_with(real("tsp").public_key)
    assert listed.entry_of(real("ocsp").serial) is None


def test_a_delta_list_alone_says_nothing():
    listed, asked = real_list(), real("ocsp")
    at = listed.said_at
    assert why_unusable(listed, certificate=asked, issuer=real("diia"), at=at, now=at) == ""
    status = status_by_list(asked, issuer=real("diia"), full=listed, at=at, now=at)
    assert (status.result, status.why) == (Result.NOT_MADE, "crl.delta_without_full")


@pytest.mark.parametrize("name", CERTIFICATES)
def test_any_changed_bit_of_what_is_signed_spoils_a_real_signature(name):
    genuine = real(name)
    issuer = real("root") if name in ("root", "diia", "tsp") else real("diia")
    place = genuine.der.index(genuine.signed_part) + len(genuine.signed_part) - 1
    changed = bytearray(genuine.der)
    changed[place] ^= 1
    assert genuine.is_signed_with(issuer.public_key)
    assert not Certificate.parse(bytes(changed)).is_signed_with(issuer.public_key)


def test_a_real_certificate_is_read_from_its_file():
    assert certificates_in((FOLDER / "certs" / CERTIFICATES["root"]).read_bytes()) == (real("root"),)
