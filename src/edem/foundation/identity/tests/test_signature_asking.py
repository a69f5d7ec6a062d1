"""Issuers are asked for revocation: only where a trusted issuer wrote the address, never inwards, never for long."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest

from edem.foundation.identity.jobs import forget_what_is_over
from edem.foundation.identity.models import IssuerAnswer
from edem.foundation.identity.signatures import asking
from edem.foundation.identity.signatures.addresses import NotAllowedAddress, place_of
from edem.foundation.identity.signatures.checking import check_signature
from edem.kernel.kep.making.authority import Authority
from edem.kernel.kep.making.certificates import Term
from edem.kernel.kep.making.keys import ECDSA
from edem.kernel.kep.making.revocation import Issue, asked_in, crl, ocsp_answer, ocsp_refusal
from edem.kernel.kep.making.signing import Hand, signed_message
from edem.kernel.kep.tests.hierarchy import OLENA
from edem.kernel.kep.verdict import CheckName, Outcome

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC).replace(microsecond=0)
IN_FORCE = Term(begins=NOW - timedelta(days=30), ends=NOW + timedelta(days=300))
LOOPBACK = [ip_network("127.0.0.0/8")]


@dataclass
class Site:
    """An issuer's web server: OCSP and lists, and how it behaves."""

    server: ThreadingHTTPServer
    asked: list[str] = field(default_factory=list)
    mood: str = "well"
    authorities: list[Authority] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, path: str, body: bytes) -> bytes:
        self.asked.append(path)
        return self.ocsp(body) if body else self.listed(path)

    def ocsp(self, body: bytes) -> bytes:
        if self.mood == "silent about ocsp":
            return ocsp_refusal(3)
        (cert_id,), _ = asked_in(body)
        names = [each for each in self.authorities if cert_id.serial in SERIALS.get(each.seed, set())]
        return ocsp_answer(names[0], cert_id, by=names[0].responder(kind=ECDSA), at=NOW)

    def listed(self, path: str) -> bytes:
        found = [each for each in self.authorities if each.crl_address.endswith(path)]
        return crl(found[0], Issue(at=NOW)) if found else b""


SERIALS: dict[str, set[int]] = {}


@pytest.fixture
def site():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.reply(b"")

        def do_POST(self):
            self.reply(self.rfile.read(int(self.headers["Content-Length"])))

        def reply(self, body):
            if found.mood == "redirecting":
                found.asked.append(self.path)
                self.send_response(302)
                self.send_header("Location", "/elsewhere/")
                self.end_headers()
                return
            answer = bytes(3 * 2**20) if found.mood == "endless" else found.answer(self.path, body)
            self.send_response(200)
            self.end_headers()
            try:
                self.wfile.write(answer)
            except OSError:
                return

        def log_message(self, *args):
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Site(server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def ca(site, settings, tmp_path) -> Authority:
    """An authority whose certificates name the site, trusted by the operator, who allows asking."""
    root = Authority.root(seed="asking root", kind=ECDSA, site=site.address)
    made = root.authority(seed="asking", kind=ECDSA)
    site.authorities = [root, made]
    SERIALS["asking root"] = {made.certificate.serial}
    (tmp_path / "root.cer").write_bytes(root.certificate.der)
    given = {"trust_dir": tmp_path, "kep_online": True, "kep_online_networks": ["127.0.0.0/8"]}
    settings.EDEM = settings.EDEM.model_copy(update=given)
    return made


@pytest.fixture
def card(ca):
    issued = ca.person(OLENA, kind=ECDSA, term=IN_FORCE)
    SERIALS["asking"] = {issued.certificate.serial}
    return issued


def checked(card, ca):
    message = signed_message(b"text", Hand(issued=card, at=NOW), certificates=[ca.certificate])
    return check_signature(message, None, now=NOW)


def why(verdict):
    check = verdict.signers[0].check(CheckName.REVOCATION)
    return check.result.value, check.why


def test_what_the_file_lacks_is_asked_once_and_remembered(site, ca, card):
    assert checked(card, ca).outcome is Outcome.VALID
    assert len(site.asked) == 2  # of the signer and of the authority
    assert checked(card, ca).outcome is Outcome.VALID
    assert len(site.asked) == 2
    assert IssuerAnswer.objects.count() == 2


def test_an_answer_is_forgotten_in_minutes(site, ca, card):
    checked(card, ca)
    forget_what_is_over(NOW + timedelta(minutes=6))
    assert not IssuerAnswer.objects.exists()


def test_a_revoked_certificate_is_found_out(site, ca, card):
    ca.revoke(card.certificate, at=NOW - timedelta(days=1))
    verdict = checked(card, ca)
    assert (verdict.outcome, why(verdict)) == (Outcome.NOT_VALID, ("failed", "revoked"))


def test_where_ocsp_is_silent_lists_are_read(site, ca, card):
    site.mood = "silent about ocsp"
    ca.revoke(card.certificate, at=NOW - timedelta(days=1))
    verdict = checked(card, ca)
    assert (verdict.outcome, why(verdict)) == (Outcome.NOT_VALID, ("failed", "revoked"))
    assert any(path.endswith("-Full.crl") for path in site.asked)


def test_without_the_operator_s_leave_nobody_is_asked(site, ca, card, settings):
    settings.EDEM = settings.EDEM.model_copy(update={"kep_online": False})
    assert checked(card, ca).outcome is Outcome.UNDECIDED
    assert site.asked == []


def test_an_issuer_whom_nobody_trusts_is_not_asked(site, ca, card, settings, tmp_path):
    """Whoever writes a certificate of their own would send us to any address."""
    empty = tmp_path / "empty"
    empty.mkdir()
    settings.EDEM = settings.EDEM.model_copy(update={"trust_dir": empty})
    assert checked(card, ca).outcome is Outcome.VALID_UNTRUSTED_ROOT
    assert site.asked == []


def test_a_signature_that_does_not_hold_is_asked_about_by_nobody(site, ca, card):
    message = signed_message(b"text", Hand(issued=card, at=NOW), certificates=[ca.certificate], is_detached=True)
    assert check_signature(message, b"other", now=NOW).outcome is Outcome.NOT_VALID
    assert site.asked == []


def test_an_address_inside_our_networks_is_not_gone_to(site, ca, card, settings):
    settings.EDEM = settings.EDEM.model_copy(update={"kep_online_networks": []})
    assert checked(card, ca).outcome is Outcome.UNDECIDED
    assert site.asked == []


@pytest.mark.parametrize("mood", ["redirecting", "endless"])
def test_a_server_with_tricks_leaves_the_file_undecided(site, ca, card, mood):
    site.mood = mood
    assert checked(card, ca).outcome is Outcome.UNDECIDED
    assert "/elsewhere/" not in site.asked


def test_silence_is_remembered_for_a_minute(site, ca, card, monkeypatch):
    site.mood = "redirecting"
    checked(card, ca)
    before = len(site.asked)
    checked(card, ca)
    assert len(site.asked) == before
    site.mood = "well"
    forget_what_is_over(NOW + asking.KEPT_SILENCE)
    assert checked(card, ca).outcome is Outcome.VALID


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost:5432/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://8.8.8.8:22/",
        "http://user:password@8.8.8.8/",
        "file:///etc/passwd",
        "ldap://8.8.8.8/",
        "http://",
        "http://8.8.8.8:99999/",
    ],
)
def test_an_address_that_leads_inwards_or_nowhere_is_refused(address):
    with pytest.raises(NotAllowedAddress):
        place_of(address, inner=[])


def test_an_address_is_gone_to_by_number_with_its_name_in_the_headers():
    place = place_of("http://8.8.8.8/ocsp?x=1#part", inner=[])
    assert (place.url, place.headers) == ("http://8.8.8.8:80/ocsp?x=1", {"Host": "8.8.8.8"})
    inner = place_of("http://127.0.0.1:8080/ocsp", inner=LOOPBACK)
    assert inner.url == "http://127.0.0.1:8080/ocsp"
