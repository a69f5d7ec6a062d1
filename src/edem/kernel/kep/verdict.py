"""What was found out about a signed file: typed, without sentences. The words live where pages are made.

An outcome is never better than its weakest check: something failed → not valid; nothing failed, but the root is not
trusted → that is said apart; nothing failed, but something could not be checked → undecided, never silently valid.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Result(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    NOT_MADE = "not_made"


class CheckName(StrEnum):
    CONTENT = "content"
    """The signed bytes are there and their digest is the one that was signed."""
    ATTRIBUTES = "attributes"
    """The signed attributes are whole, in order, and name what is signed."""
    SIGNATURE = "signature"
    """The signature value fits the signer's public key."""
    SIGNING_CERTIFICATE = "signing_certificate"
    """The signed reference to the certificate (ESS) names the very one that was used."""
    TIMESTAMP = "timestamp"
    """A time-stamp over the signature: imprint, its own signature, certificate and path."""
    CONTENT_TIMESTAMP = "content_timestamp"
    """A time-stamp over the content, made before signing."""
    PATH = "path"
    """A chain of certificates up to a root."""
    ROOT = "root"
    """The root is one that the operator trusts."""
    VALIDITY = "validity"
    """The certificates were in force at the time of signing."""
    KEY_USAGE = "key_usage"
    """The certificate may be used for signing."""
    REVOCATION = "revocation"
    """Neither the signer's certificate nor those above it were revoked at the time of signing."""
    TIMESTAMP_REVOCATION = "timestamp_revocation"
    """The same of the time-stamping authority."""


@dataclass(frozen=True, kw_only=True)
class Check:
    name: CheckName
    result: Result
    why: str = ""
    """A code in English; empty when there is nothing to explain."""
    facts: Mapping[str, str | int | datetime] = field(default_factory=dict)


class TimeEvidence(StrEnum):
    TIMESTAMP = "timestamp"
    """A time-stamp of a trusted authority: the signature existed by then."""
    CLAIMED = "claimed"
    """The signer's own word."""
    NONE = "none"
    """No word of the time: judged as of now."""


class Outcome(StrEnum):
    VALID = "valid"
    UNDECIDED = "undecided"
    VALID_UNTRUSTED_ROOT = "valid_untrusted_root"
    NOT_VALID = "not_valid"


ESSENTIAL = frozenset({CheckName.CONTENT, CheckName.ATTRIBUTES, CheckName.SIGNATURE})
"""Without one of these there is no signature at all."""
WORST_FIRST = (Outcome.NOT_VALID, Outcome.VALID_UNTRUSTED_ROOT, Outcome.UNDECIDED, Outcome.VALID)


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Who signed, as the certificate says; it is only a claim until the verdict holds."""

    name: str
    tax_number: str = ""
    """РНОКПП."""
    document: str = ""
    """Series and number of the document of those who have no РНОКПП."""
    unzr: str = ""
    edrpou: str = ""
    organisation: str = ""
    position: str = ""
    surname: str = ""
    given_name: str = ""
    """Given name and patronymic, as certificates keep them together."""
    is_seal: bool = False
    """A seal of an organisation, not the signature of a person."""
    is_qualified: bool = False
    """The certificate says that it is a qualified one (QcCompliance)."""
    issuer: str
    serial: str
    valid_from: datetime
    valid_until: datetime
    certificate: bytes


@dataclass(frozen=True, kw_only=True)
class SignerVerdict:
    signer: Signer | None
    """None: the signer's certificate is neither in the file nor given."""
    signed_at: datetime | None
    """The best known time of signing, by `time_evidence`."""
    time_evidence: TimeEvidence
    claimed_at: datetime | None
    checks: tuple[Check, ...]
    algorithms: tuple[str, ...]
    """Of the key, of the signature's digest, of the time-stamp's key: «dstu4145-m257», «gost34311», in this order."""
    level: str = "BES"
    """BES, EPES, T, C, LT: what the signature carries, not what was proven."""
    covers: tuple[str, ...] = ()
    """In a container: the names of the files that this signature covers."""
    policy: str = ""
    """The dotted name of the signature policy, if the signer named one."""

    @property
    def outcome(self) -> Outcome:
        return outcome_of(self.checks)

    def check(self, name: CheckName) -> Check | None:
        return next((check for check in self.checks if check.name is name), None)


@dataclass(frozen=True, kw_only=True)
class SignedFile:
    """One file of a container, and whether each of its signatures covers it."""

    name: str
    size: int
    is_signed: bool


@dataclass(frozen=True, kw_only=True)
class Verdict:
    signers: tuple[SignerVerdict, ...]
    content: bytes | None
    """What was signed: from inside the file, or as given; None for a container of several files."""
    form: str = "cades"
    """cades, asic-s, asic-e."""
    files: tuple[SignedFile, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Of several signers the worst: a file with one bad signature is not called valid."""
        found = {signer.outcome for signer in self.signers}
        if any(not file.is_signed for file in self.files):
            found.add(Outcome.NOT_VALID)
        return next((outcome for outcome in WORST_FIRST if outcome in found), Outcome.NOT_VALID)


def outcome_of(checks: tuple[Check, ...]) -> Outcome:
    results = {check.result for check in checks}
    passed = {check.name for check in checks if check.result is Result.PASSED}
    if Result.FAILED in results or not passed >= ESSENTIAL:
        return Outcome.NOT_VALID
    if CheckName.ROOT not in passed:
        return Outcome.VALID_UNTRUSTED_ROOT
    return Outcome.UNDECIDED if Result.NOT_MADE in results else Outcome.VALID
