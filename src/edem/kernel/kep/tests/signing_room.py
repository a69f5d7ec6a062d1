"""People, a time-stamper and a responder with ECDSA keys: the quickest to check, so that tests may check thousands."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.status import Reason
from edem.kernel.kep.certificates.trust import TrustList
from edem.kernel.kep.making.authority import Authority, Issued
from edem.kernel.kep.making.keys import ECDSA
from edem.kernel.kep.making.revocation import ocsp_answer
from edem.kernel.kep.making.signing import Hand, signed_message
from edem.kernel.kep.making.subjects import Person
from edem.kernel.kep.making.timestamping import TimeStamper
from edem.kernel.kep.messages.evidence import Evidence
from edem.kernel.kep.tests import hierarchy
from edem.kernel.kep.tests.hierarchy import NOW
from edem.kernel.kep.verdict import Verdict
from edem.kernel.kep.verifying import verify

TEXT = "Прошу освітити стежку до школи № 7.".encode()
LATER = NOW + timedelta(days=30)
TARAS = Person(surname="Гай", given_name="Тарас Петрович", tax_number="3184710691", organisation="ТОВ «Гай»")


def root() -> Authority:
    return hierarchy.root(ECDSA)


def authority() -> Authority:
    return hierarchy.authority(ECDSA)


def olena() -> Issued:
    return hierarchy.signer(ECDSA)


@cache
def taras() -> Issued:
    return authority().person(TARAS, kind=ECDSA)


@cache
def responder() -> Issued:
    return authority().responder(kind=ECDSA)


@cache
def root_responder() -> Issued:
    return root().responder(kind=ECDSA)


@cache
def stamper() -> TimeStamper:
    return TimeStamper(issued=authority().time_stamper(kind=ECDSA))


def trust() -> TrustList:
    return hierarchy.trust(ECDSA)


def evidence_at(moment, *certificates: Certificate) -> Evidence:
    """Good words of everybody's issuer at the moment: of the signers, the stamper and the authority itself."""
    asked = certificates or (olena().certificate, taras().certificate, stamper().issued.certificate)
    answers = [ocsp_answer(authority(), each, by=responder(), at=moment) for each in asked]
    answers.append(ocsp_answer(root(), authority().certificate, by=root_responder(), at=moment))
    return Evidence(ocsp=tuple(answers), certificates=(authority().certificate.der,))


def signed(content: bytes = TEXT, *hands: Hand, **kwargs) -> bytes:
    return signed_message(content, *(hands or (Hand(issued=olena(), at=NOW),)), **kwargs)


def stamped_hand(at=NOW, **kwargs) -> Hand:
    return Hand(issued=olena(), at=at, signature_stamp=stamper().over(at), **kwargs)


def checked(message: bytes, *, content=None, now=NOW, evidence=None, trusted=None) -> Verdict:
    """By default with good words of the present moment."""
    return verify(
        message,
        content=content,
        trust=trust() if trusted is None else trusted,
        evidence=evidence_at(now) if evidence is None else evidence,
        now=now,
    )


def reasons(verdict: Verdict) -> dict[str, str]:
    """What did not pass, and why."""
    return {
        check.name.value: check.why for signer in verdict.signers for check in signer.checks if check.result != "passed"
    }


def own_authority() -> Authority:
    """The shared one's keys, with a list of the revoked that a test may fill."""
    shared = authority()
    return Authority(certificate=shared.certificate, key=shared.key, above=shared.above, seed="own")


def revoked_at(moment, *, reason=Reason.KEY_COMPROMISE, said_at=LATER) -> Evidence:
    ca = own_authority()
    ca.revoke(olena().certificate, at=moment, reason=reason)
    answer = ocsp_answer(ca, olena().certificate, by=responder(), at=said_at)
    others = evidence_at(said_at, stamper().issued.certificate)
    return replace(others, ocsp=(answer, *others.ocsp))
