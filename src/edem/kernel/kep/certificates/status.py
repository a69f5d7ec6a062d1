"""What a revocation list or an OCSP answer says of a certificate at a moment."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.verdict import Result


class Reason(IntEnum):
    """CRLReason, RFC 5280 §5.3.1."""

    UNSPECIFIED = 0
    KEY_COMPROMISE = 1
    AUTHORITY_COMPROMISE = 2
    AFFILIATION_CHANGED = 3
    SUPERSEDED = 4
    CESSATION = 5
    HOLD = 6
    REMOVED_FROM_LIST = 8
    PRIVILEGE_WITHDRAWN = 9
    ATTRIBUTE_COMPROMISE = 10

    @classmethod
    def read(cls, number: int) -> "Reason":
        try:
            return cls(number)
        except ValueError as fault:
            raise Unreadable("crl.unknown_reason", number=number) from fault


@dataclass(frozen=True, kw_only=True)
class Status:
    """passed: not revoked at that moment; failed: revoked by then; not made: nothing is said, and `why`."""

    result: Result
    why: str = ""
    revoked_at: datetime | None = None
    """Set also when the certificate was revoked later than the moment asked about."""
    reason: Reason | None = None
    said_at: datetime | None = None
    """thisUpdate of the evidence."""


def unsaid(why: str) -> Status:
    return Status(result=Result.NOT_MADE, why=why)


def judged(*, at: datetime, revoked_at: datetime | None, reason: Reason | None, said_at: datetime) -> Status:
    """A certificate revoked after the moment was good at it (ETSI EN 319 102-1 §5.2.7)."""
    is_revoked = revoked_at is not None and revoked_at <= at
    return Status(
        result=Result.FAILED if is_revoked else Result.PASSED,
        why=f"certificate.{'on_hold' if reason is Reason.HOLD else 'revoked'}" if is_revoked else "",
        revoked_at=revoked_at,
        reason=reason,
        said_at=said_at,
    )
