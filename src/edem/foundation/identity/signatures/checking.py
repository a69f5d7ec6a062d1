"""`check_signature`: what the rest of the platform asks. The work is done by the pool; issuers are asked if allowed."""

import logging
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.conf import settings

from edem.foundation.identity.signatures.asking import asked_issuers
from edem.foundation.identity.signatures.pool import Pool
from edem.foundation.identity.signatures.trusted import NOBODY, Trusted, trusted_in
from edem.foundation.identity.signatures.work import Examined, examined, leaned_on
from edem.foundation.identity.signatures.working import Job
from edem.kernel.errors import Invalid
from edem.kernel.kep.messages.evidence import NO_EVIDENCE, Evidence
from edem.kernel.kep.verdict import Verdict

_LOG = logging.getLogger(__name__)
MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """A verdict with what it was come to by, so that others may come to it too."""

    verdict: Verdict
    by: Evidence
    """Issuers' words and certificates that the file itself does not carry, the trusted root among them."""


def check_signature(signed: bytes, content: bytes | None, *, now: datetime) -> Verdict:
    """The verdict on a signed file; `content` is needed when the signature is detached.

    Raises Unreadable for what is no signature (or lacks its content), a refusal for what is too big or comes when all
    workers are busy.
    """
    return _examined(_given(signed, content, now=now)).verdict


def weigh_signature(signed: bytes, content: bytes | None, *, now: datetime) -> Weighed:
    """The same, for a file that is kept and has to be checked again elsewhere, offline."""
    given = _given(signed, content, now=now)
    found = _examined(given)
    above: tuple[bytes, ...] = pool().ask(Job(leaned_on, given | {"evidence": found.by}))
    return Weighed(verdict=found.verdict, by=Evidence(crls=found.by.crls, ocsp=found.by.ocsp, certificates=above))


def _given(signed: bytes, content: bytes | None, *, now: datetime) -> dict[str, Any]:
    check_size(len(signed))
    check_size(len(content or b""))
    trusted = trusted_now()
    evidence = Evidence(certificates=trusted.others)
    return {"signed": signed, "content": content, "anchors": trusted.anchors, "now": now, "evidence": evidence}


def _examined(given: dict[str, Any]) -> Weighed:
    evidence: Evidence = given["evidence"]
    first: Examined = pool().ask(Job(examined, given | {"may_ask": settings.EDEM.kep_online}))
    if not first.wanted:
        return Weighed(verdict=first.verdict, by=evidence)
    heard = asked_issuers(first.wanted, now=given["now"])
    if heard == NO_EVIDENCE:
        return Weighed(verdict=first.verdict, by=evidence)
    second: Examined = pool().ask(Job(examined, given | {"evidence": evidence + heard, "may_ask": False}))
    return Weighed(verdict=second.verdict, by=evidence + heard)


@cache
def pool() -> Pool:
    """One for the process; its workers start with the first signature."""
    return Pool(size=settings.EDEM.kep_workers)


def trusted_now() -> Trusted:
    try:
        trusted = trusted_in(settings.EDEM.trust_dir)
    except OSError as fault:
        _LOG.error("EDEM_TRUST_DIR cannot be read, so no signature is trusted: %s", fault.strerror)
        return NOBODY
    if trusted.unreadable:
        _LOG.warning("No certificates in these files of EDEM_TRUST_DIR: %s", ", ".join(trusted.unreadable))
    return trusted


def check_size(size: int) -> None:
    most = settings.EDEM.kep_largest_mb
    if size > most * MEGABYTE:
        raise Invalid("identity.signature_too_big", megabytes=most)
