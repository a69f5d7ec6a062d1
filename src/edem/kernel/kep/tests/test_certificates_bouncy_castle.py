"""BouncyCastle, a stranger's implementation, verifies the certificates and lists that we make, and sees changed ones."""

import subprocess

import pytest

from edem.kernel.kep.making.authority import Authority
from edem.kernel.kep.making.keys import GOST_M257, GOST_M257_BIG_ENDIAN, GOST_M257_NAMED, GOST_M431, DstuKind
from edem.kernel.kep.making.revocation import Issue, crl
from edem.kernel.kep.tests.hierarchy import NOW, OLENA
from tools import bouncy_castle

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(bouncy_castle.found() is None, reason="BouncyCastle and Java are not here"),
]

KINDS = [
    GOST_M257,
    GOST_M257_BIG_ENDIAN,
    GOST_M257_NAMED,
    GOST_M431,
    DstuKind(curve="m307"),
    DstuKind(curve="m163", is_written_out=False),
]

PROGRAM = """
import java.io.*;
import java.nio.file.*;
import java.security.*;
import java.security.cert.*;

public class Judge {
    public static void main(String[] names) throws Exception {
        Security.addProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider());
        CertificateFactory factory = CertificateFactory.getInstance("X.509", "BC");
        for (int i = 0; i + 1 < names.length; i += 2) {
            PublicKey key = factory.generateCertificate(Files.newInputStream(Path.of(names[i]))).getPublicKey();
            InputStream judged = Files.newInputStream(Path.of(names[i + 1]));
            try {
                if (names[i + 1].endsWith(".crl")) ((X509CRL) factory.generateCRL(judged)).verify(key, "BC");
                else factory.generateCertificate(judged).verify(key, "BC");
                System.out.println("fits");
            } catch (SignatureException | CRLException | CertificateException wrong) {
                System.out.println("does not fit");
            }
        }
    }
}
"""


def judged(folder, pairs) -> list[str]:
    (folder / "Judge.java").write_text(PROGRAM, encoding="utf-8")
    names = []
    for place, (issuer, name, source) in enumerate(pairs):
        (folder / f"{place}-issuer.cer").write_bytes(issuer)
        (folder / f"{place}-{name}").write_bytes(source)
        names += [folder / f"{place}-issuer.cer", folder / f"{place}-{name}"]
    command = ["java", "-cp", bouncy_castle.found(), folder / "Judge.java", *names]
    return subprocess.run(command, capture_output=True, check=True, text=True, timeout=120).stdout.splitlines()


def test_a_stranger_verifies_what_we_made(tmp_path):
    pairs = []
    for kind in KINDS:
        ca = Authority.root("Корінь", kind=kind).authority("Надавач", kind=kind)
        certificate = ca.person(OLENA, kind=kind).certificate
        pairs += [
            (each.der, "one.cer", below.der)
            for each, below in zip(ca.chain, (certificate, ca.certificate), strict=True)
        ]
        pairs.append((ca.certificate.der, "list.crl", crl(ca, Issue(at=NOW))))
    assert judged(tmp_path, pairs) == ["fits"] * len(pairs)


def test_a_stranger_refuses_what_we_refuse(tmp_path):
    ca = Authority.root("Корінь", kind=GOST_M257)
    genuine = ca.person(OLENA).certificate.der
    place = genuine.index("Олена".encode())
    changed = genuine[:place] + "Алена".encode() + genuine[place + len("Олена".encode()) :]
    other = Authority.root("Інший", kind=GOST_M257, seed="other")
    pairs = [(ca.certificate.der, "changed.cer", changed), (other.certificate.der, "foreign.cer", genuine)]
    assert judged(tmp_path, pairs) == ["does not fit", "does not fit"]
