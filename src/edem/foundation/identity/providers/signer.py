"""Who stands behind a signature by КЕП, as claims; whatever is wrong with it is a refusal that says what to do.

The same for a file from a person's own program, the signing widget and MobileID: they bring one and the same CAdES.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from edem.foundation.identity.claims import Claims, Method, claims_from
from edem.foundation.identity.errors import ProviderFault
from edem.kernel.errors import Invalid, Refused
from edem.kernel.kep.verdict import CheckName, Outcome, Result, Signer, SignerVerdict, Verdict

_FAILED: Final = (
    (CheckName.CONTENT, "identity.kep_other_text"),
    (CheckName.REVOCATION, "identity.kep_revoked"),
    (CheckName.VALIDITY, "identity.kep_expired"),
    (CheckName.KEY_USAGE, "identity.kep_wrong_key"),
)
"""The first of these that failed is what the person is told: the others follow from it or say less."""


def claims_of(verdict: Verdict, *, over: bytes, method: Method, needs_qualified: bool, now: datetime) -> Claims:
    """The one person who signed exactly these bytes, by a certificate that is in force now."""
    signer = signer_of(verdict, over=over, needs_qualified=needs_qualified, now=now)
    given_name, _, middle_name = signer.given_name.strip().partition(" ")
    return claims_from(
        {
            "auth_type": method.value,
            "lastname": signer.surname,
            "givenname": given_name,
            "middlename": middle_name,
            "drfocode": signer.tax_number or signer.document,
            "unzr": signer.unzr,
        }
    )


def signer_of(verdict: Verdict, *, over: bytes, needs_qualified: bool, now: datetime) -> Signer:
    if len(verdict.signers) != 1:
        raise Invalid("identity.kep_several_signers")
    found = verdict.signers[0]
    _check_outcome(found, verdict.outcome)
    if verdict.content != over:
        raise Invalid("identity.kep_other_text")
    if found.signer is None:
        raise Invalid("identity.kep_no_certificate")
    _check_certificate(found.signer, needs_qualified=needs_qualified, now=now)
    return found.signer


def _check_outcome(found: SignerVerdict, outcome: Outcome) -> None:
    if outcome is Outcome.NOT_VALID:
        raise Invalid(_why(found))
    if outcome is Outcome.VALID_UNTRUSTED_ROOT:
        raise Invalid("identity.kep_untrusted")
    if outcome is not Outcome.VALID:
        raise _unchecked([check.name for check in found.checks if check.result is Result.NOT_MADE])


def _why(found: SignerVerdict) -> str:
    if found.signer is None:
        return "identity.kep_no_certificate"
    for name, code in _FAILED:
        check = found.check(name)
        if check is not None and check.result is Result.FAILED:
            return code
    return "identity.kep_not_valid"


def _unchecked(names: Sequence[CheckName]) -> Refused:
    """Nobody is let in by a certificate of which it is not known whether it was revoked."""
    if CheckName.REVOCATION in names:
        return ProviderFault("identity.kep_revocation_unknown")
    return Invalid("identity.kep_not_valid")


def _check_certificate(signer: Signer, *, needs_qualified: bool, now: datetime) -> None:
    """The time of signing is the signer's own word; a challenge is signed now, so the certificate must hold now."""
    if not signer.valid_from <= now < signer.valid_until:
        raise Invalid("identity.kep_expired")
    if signer.is_seal:
        raise Invalid("identity.kep_is_seal")
    if needs_qualified and not signer.is_qualified:
        raise Invalid("identity.kep_not_qualified")
