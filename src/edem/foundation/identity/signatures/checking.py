"""`check_signature`: what the rest of the platform asks. The work is done by the pool; issuers are asked if allowed."""

import logging
from datetime import datetime
from functools import cache
from typing import Final

from django.conf import settings

from edem.foundation.identity.signatures.asking import asked_issuers
from edem.foundation.identity.signatures.pool import Pool
from edem.foundation.identity.signatures.trusted import NOBODY, Trusted, trusted_in
from edem.foundation.identity.signatures.work import Examined, examined
from edem.foundation.identity.signatures.working import Job
from edem.kernel.errors import Invalid
from edem.kernel.kep.messages.evidence import NO_EVIDENCE, Evidence
from edem.kernel.kep.verdict import Verdict

_LOG = logging.getLogger(__name__)
MEGABYTE: Final = 1024 * 1024


def check_signature(signed: bytes, content: bytes | None, *, now: datetime) -> Verdict:
    """The verdict on a signed file; `content` is needed when the signature is detached.

    Raises Unreadable for what is no signature (or lacks its content), a refusal for what is too big or comes when all
    workers are busy.
    """
    check_size(len(signed))
    check_size(len(content or b""))
    trusted = trusted_now()
    given = {"signed": signed, "content": content, "anchors": trusted.anchors, "now": now}
    evidence = Evidence(certificates=trusted.others)
    first: Examined = pool().ask(Job(examined, {**given, "evidence": evidence}))
    if not first.wanted or not settings.EDEM.kep_online:
        return first.verdict
    heard = asked_issuers(first.wanted, now=now)
    if heard == NO_EVIDENCE:
        return first.verdict
    second: Examined = pool().ask(Job(examined, {**given, "evidence": evidence + heard}))
    return second.verdict


@cache
def pool() -> Pool:
    """One for the process; its workers start with the first signature."""
    return Pool(size=settings.EDEM.kep_workers)


def trusted_now() -> Trusted:
    try:
        trusted = trusted_in(settings.EDEM.trust_dir)
    except OSError as fault:
        _LOG.error("EDEM_TRUST_DIR cannot be read, so no signature is trusted: %s", fault.strerror)  # noqa: TRY400
        return NOBODY
    if trusted.unreadable:
        _LOG.warning("No certificates in these files of EDEM_TRUST_DIR: %s", ", ".join(trusted.unreadable))
    return trusted


def check_size(size: int) -> None:
    most = settings.EDEM.kep_largest_mb
    if size > most * MEGABYTE:
        raise Invalid("identity.signature_too_big", megabytes=most)
