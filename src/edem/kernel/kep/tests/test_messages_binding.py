"""What ties a signature to its content and to one certificate, and the tricks that would untie it."""

import hashlib

import pytest

from edem.kernel.kep import der, oids, write
from edem.kernel.kep.certificates.extensions import KeyUsage
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.making import extension_writing as extensions
from edem.kernel.kep.making import signing
from edem.kernel.kep.making.certificates import Term
from edem.kernel.kep.making.keys import ECDSA
from edem.kernel.kep.making.signing import Hand, assembled, attribute, signer_record
from edem.kernel.kep.messages.evidence import Evidence
from edem.kernel.kep.tests import hierarchy
from edem.kernel.kep.tests.signing_room import (
    LATER,
    NOW,
    TEXT,
    authority,
    checked,
    evidence_at,
    olena,
    reasons,
    root,
    root_responder,
    signed,
    stamper,
    taras,
    trust,
)
from edem.kernel.kep.verdict import Outcome


def test_a_signer_without_the_reference_to_their_certificate_is_undecided():
    verdict = checked(signed(TEXT, Hand(issued=olena(), at=NOW, has_reference=False)))
    assert (verdict.outcome, reasons(verdict)) == (Outcome.UNDECIDED, {"signing_certificate": "no_reference"})


def test_another_certificate_of_the_same_key_is_not_taken_for_the_signer_s():
    """Substitution: the forger has a certificate over the victim's public key, with their own name in it."""
    twin = authority().issue(
        hierarchy.COUNCIL, olena().key, term=Term(), extras=(extensions.key_usage(KeyUsage.DIGITAL_SIGNATURE),)
    )
    honest = Hand(issued=olena(), at=NOW)
    renamed = _renamed(signer_record(TEXT, honest), twin.certificate)
    message = assembled([renamed], content=TEXT, digests=[oids.SHA256], certificates=[twin.certificate])
    verdict = checked(message)
    assert verdict.outcome is Outcome.NOT_VALID
    assert reasons(verdict)["signing_certificate"] == "other_certificate"


def _renamed(signer: bytes, certificate) -> bytes:
    """The same signer who says that another certificate is theirs."""
    fields = list(der.read(signer).sequence().rest())
    name = write.sequence(certificate.issuer.raw, write.integer(certificate.serial))
    return write.sequence(fields[0].raw, name, *(field.raw for field in fields[2:]))


def test_a_reference_to_another_certificate_is_refused(monkeypatch):
    honest = signing.reference
    monkeypatch.setattr(signing, "reference", lambda _, digest: honest(taras().certificate, digest=digest))
    verdict = checked(signed())
    assert reasons(verdict)["signing_certificate"] == "other_certificate"
    assert verdict.outcome is Outcome.NOT_VALID


def test_the_old_reference_by_sha1_is_understood(monkeypatch):
    digest = hashlib.sha1(olena().certificate.der, usedforsecurity=False).digest()
    old = write.sequence(write.sequence(write.sequence(write.octets(digest))))
    monkeypatch.setattr(signing, "reference", lambda _, digest: attribute(oids.ATTR_SIGNING_CERTIFICATE, old))
    assert checked(signed()).outcome is Outcome.VALID


def test_a_signer_may_be_named_by_their_key():
    assert checked(signed(TEXT, Hand(issued=olena(), at=NOW, names_key=True))).outcome is Outcome.VALID


def test_without_the_signer_s_certificate_nothing_is_valid():
    message = signed(TEXT, Hand(issued=olena(), at=NOW, has_certificate=False))
    verdict = checked(message)
    assert (verdict.outcome, verdict.signers[0].signer) == (Outcome.NOT_VALID, None)
    given = evidence_at(NOW) + Evidence(certificates=(olena().certificate.der,))
    assert checked(message, evidence=given).outcome is Outcome.VALID


def test_a_key_that_is_not_for_signing_signs_nothing():
    crypt = authority().person(hierarchy.OLENA, kind=ECDSA, is_for_agreement=True)
    verdict = checked(signed(TEXT, Hand(issued=crypt, at=NOW)), evidence=evidence_at(NOW, crypt.certificate))
    assert (verdict.outcome, reasons(verdict)) == (Outcome.NOT_VALID, {"key_usage": "not_for_signing"})


def test_a_server_that_stamps_time_signs_no_documents():
    server = stamper().issued
    verdict = checked(signed(TEXT, Hand(issued=server, at=NOW)))
    assert (verdict.outcome, reasons(verdict)) == (Outcome.NOT_VALID, {"key_usage": "not_for_signing"})


def test_attributes_in_another_order_are_signed_in_the_order_of_der():
    def in_order(*parts):
        """SET OF as somebody wrote it who did not sort."""
        return write.element(der.Tag.SET, b"".join(parts))

    info = list(der.read(signer_record(TEXT, Hand(issued=olena(), at=NOW))).sequence().rest())
    attributes = [node.raw for node in info[3].implicit(der.Tag.SET).set_of()]
    turned = write.implicit(0, in_order(*reversed(attributes)))
    shuffled = write.sequence(*(turned if place == 3 else node.raw for place, node in enumerate(info)))
    message = assembled([shuffled], content=TEXT, digests=[oids.SHA256], certificates=[olena().certificate])
    verdict = checked(message)
    assert (verdict.outcome, verdict.content, verdict.signers[0].claimed_at) == (Outcome.VALID, TEXT, NOW)


def test_an_attribute_that_comes_twice_is_unreadable():
    info = list(der.read(signer_record(TEXT, Hand(issued=olena(), at=NOW))).sequence().rest())
    attributes = [node.raw for node in info[3].implicit(der.Tag.SET).set_of()]
    doubled = write.implicit(0, write.set_of(*attributes, attribute(oids.ATTR_SIGNING_TIME, write.time(LATER))))
    message = assembled(
        [write.sequence(*(doubled if place == 3 else node.raw for place, node in enumerate(info)))],
        content=TEXT,
        digests=[oids.SHA256],
    )
    with pytest.raises(Unreadable, match=r"cms\.attribute_repeated"):
        checked(message)


def test_a_signature_over_attributes_does_not_pass_for_one_over_a_content():
    """Attributes taken off, their bytes given as the content: the signature value fits, the meaning does not."""
    info = list(der.read(signer_record(TEXT, Hand(issued=olena(), at=NOW))).sequence().rest())
    attributes = info[3].retagged(der.Tag.SET)
    bare = write.sequence(*(node.raw for place, node in enumerate(info) if place != 3))
    message = assembled([bare], content=attributes, digests=[oids.SHA256], certificates=[olena().certificate])
    verdict = checked(message)
    assert verdict.outcome is Outcome.NOT_VALID
    assert reasons(verdict)["attributes"] == "no_signed_attributes"


def test_a_message_of_another_kind_than_was_signed_is_refused():
    signer = signer_record(TEXT, Hand(issued=olena(), at=NOW), content_type=oids.CMS_TST_INFO)
    message = assembled([signer], content=TEXT, digests=[oids.SHA256], certificates=[olena().certificate])
    assert reasons(checked(message))["attributes"] == "other_content_type"


def test_a_policy_is_named():
    (found,) = checked(signed(TEXT, Hand(issued=olena(), at=NOW, policy="1.2.804.2.1.1.1.2.1"))).signers
    assert (found.outcome, found.level, found.policy) == (Outcome.VALID, "EPES", "1.2.804.2.1.1.1.2.1")


def test_of_two_signers_each_has_a_verdict_and_the_worst_is_the_file_s():
    both = [signer_record(TEXT, Hand(issued=olena(), at=NOW)), signer_record(b"other", Hand(issued=taras(), at=NOW))]
    message = assembled(
        both, content=TEXT, digests=[oids.SHA256], certificates=[olena().certificate, taras().certificate]
    )
    verdict = checked(message)
    outcomes = {found.signer.surname: found.outcome for found in verdict.signers}
    assert outcomes == {"Коваль": Outcome.VALID, "Гай": Outcome.NOT_VALID}
    assert verdict.outcome is Outcome.NOT_VALID
    assert checked(signed(TEXT, Hand(issued=olena(), at=NOW), Hand(issued=taras(), at=NOW))).outcome is Outcome.VALID


def test_too_many_signers_and_stamps_are_refused_before_they_are_computed():
    signer = signer_record(TEXT, Hand(issued=olena(), at=NOW))
    with pytest.raises(Unreadable, match=r"der\.too_many"):
        checked(assembled([signer] * 33, content=TEXT, digests=[oids.SHA256]))


def test_a_seal_of_an_organisation_is_told_apart():
    seal = authority().seal(hierarchy.COUNCIL, kind=ECDSA)
    (found,) = checked(signed(TEXT, Hand(issued=seal, at=NOW)), evidence=evidence_at(NOW, seal.certificate)).signers
    assert (found.outcome, found.signer.is_seal, found.signer.edrpou) == (Outcome.VALID, True, "04396256")


def test_the_shared_world_is_what_the_tests_think():
    assert root_responder().certificate.issuer.is_same(root().certificate.subject)
    assert len(trust()) == 1
