"""Issuers are asked for revocation: only where a trusted issuer wrote the address, never inwards, never for long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest

from edem.foundation.identity.jobs import forget_what_is_over
from edem.foundation.identity.models import IssuerAnswer
from edem.foundation.identity.signatures import asking
from edem.foundation.identity.signatures.addresses import NotAllowedAddress, place_of
from edem.foundation.identity.signatures.checking import check_signature, weigh_signature
from edem.foundation.identity.tests.issuer_site import running_site
from edem.kernel.kep.certificates.trust import TrustList
from edem.kernel.kep.making.authority import Authority
from edem.kernel.kep.making.certificates import Term
from edem.kernel.kep.making.revocation import Issue, crl
from edem.kernel.kep.making.signing import Hand, signed_message
from edem.kernel.kep.messages.evidence import Evidence
from edem.kernel.kep.tests.hierarchy import OLENA
from edem.kernel.kep.verdict import CheckName, Outcome
from edem.kernel.kep.verifying import verify

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC).replace(microsecond=0)
IN_FORCE = Term(begins=NOW - timedelta(days=30), ends=NOW + timedelta(days=300))
LOOPBACK = [ip_network("127.0.0.0/8")]


@pytest.fixture
def site():
    with running_site(now=NOW) as found:
        yield found


@pytest.fixture
def ca(site, settings, tmp_path) -> Authority:
    """An authority whose certificates name the site, trusted by the operator, who allows asking."""
    made, root = site.authority()
    (tmp_path / "root.cer").write_bytes(root)
    given = {"trust_dir": tmp_path, "kep_online": True, "kep_online_networks": ["127.0.0.0/8"]}
    settings.EDEM = settings.EDEM.model_copy(update=given)
    return made


@pytest.fixture
def card(ca, site):
    return site.card(OLENA, IN_FORCE)


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


def test_a_file_that_is_kept_is_kept_with_what_its_verdict_stood_on(site, ca, card, settings):
    message = signed_message(b"text", Hand(issued=card, at=NOW), certificates=[ca.certificate])
    weighed = weigh_signature(message, None, now=NOW)
    assert weighed.verdict.outcome is Outcome.VALID
    root = (settings.EDEM.trust_dir / "root.cer").read_bytes()
    given = {"trust": TrustList.read([root]), "now": NOW}
    assert verify(message, evidence=weighed.by, **given).outcome is Outcome.VALID
    assert verify(message, evidence=replace(weighed.by, ocsp=()), **given).outcome is Outcome.UNDECIDED
    assert set(weighed.by.certificates) == {root, ca.certificate.der}
    assert card.certificate.der not in weighed.by.certificates, "it has the tax number in it"


def test_an_answer_is_forgotten_in_minutes(site, ca, card):
    checked(card, ca)
    forget_what_is_over(NOW + timedelta(minutes=6))
    assert not IssuerAnswer.objects.exists()


def test_a_revoked_certificate_is_found_out(site, ca, card):
    ca.revoke(card.certificate, at=NOW - timedelta(days=1))
    verdict = checked(card, ca)
    assert (verdict.outcome, why(verdict)) == (Outcome.NOT_VALID, ("failed", "revoked"))


@pytest.mark.parametrize("mood", ["well", "silent about ocsp"])
def test_a_list_from_before_the_revocation_brought_along_by_a_thief_does_not_hide_it(site, ca, card, mood):
    """Full lists hold for a week: with a key that was stolen and revoked since, yesterday's would be brought along."""
    yesterday = Issue(at=NOW - timedelta(days=1), lasts=timedelta(days=7))
    brought = Evidence(crls=(crl(ca, yesterday), crl(site.authorities[0], yesterday)))
    message = signed_message(b"text", Hand(issued=card, at=NOW, evidence=brought), certificates=[ca.certificate])
    assert check_signature(message, None, now=NOW).outcome is Outcome.VALID
    site.mood = mood
    ca.revoke(card.certificate, at=NOW - timedelta(hours=1))
    forget_what_is_over(NOW + timedelta(days=1))
    verdict = check_signature(message, None, now=NOW)
    assert (verdict.outcome, why(verdict)) == (Outcome.NOT_VALID, ("failed", "revoked"))


def test_what_was_said_at_the_very_moment_of_signing_is_not_asked_again(site, ca, card):
    said = Issue(at=NOW - timedelta(minutes=1))
    brought = Evidence(crls=(crl(ca, said), crl(site.authorities[0], said)))
    message = signed_message(b"text", Hand(issued=card, at=NOW, evidence=brought), certificates=[ca.certificate])
    assert check_signature(message, None, now=NOW).outcome is Outcome.VALID
    assert site.asked == []


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
