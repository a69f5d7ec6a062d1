"""Whether it was the bank that signed: the very certificate it names, under a root the operator trusts."""

import logging

from edem.foundation.identity.errors import ProviderFault
from edem.kernel.kep.verdict import Outcome, Verdict

log = logging.getLogger(__name__)


def content_signed_with(certificate: bytes, *, verdict: Verdict) -> bytes:
    """What was signed; anything less than a valid signature of this bank is refused, and nobody is let in by it."""
    if verdict.outcome is Outcome.UNDECIDED:
        log.warning("a bank's signature could not be checked to the end: %s", _unmade(verdict))
        raise ProviderFault("identity.bank_signature_unchecked")
    if verdict.outcome is not Outcome.VALID or len(verdict.signers) != 1 or verdict.content is None:
        log.error("a bank's signature does not hold: %s", verdict.outcome)
        raise ProviderFault("identity.bank_signature_wrong")
    signer = verdict.signers[0].signer
    if signer is None or signer.certificate != certificate:
        log.error("a bank's answer is signed with another certificate than the one it names")
        raise ProviderFault("identity.bank_signature_wrong")
    return verdict.content


def _unmade(verdict: Verdict) -> str:
    checks = (check for signer in verdict.signers for check in signer.checks if check.result == "not_made")
    return ", ".join(f"{check.name} ({check.why})" for check in checks)
