"""What a worker is asked to do: plain functions of plain things, because they cross a border of processes."""

from dataclasses import dataclass
from datetime import datetime

from edem.foundation.identity.signatures.trusted import trust_of
from edem.kernel.kep.messages.evidence import Evidence
from edem.kernel.kep.verdict import Outcome, Verdict
from edem.kernel.kep.verifying import Wanted, authorities, verify, wanted


@dataclass(frozen=True)
class Examined:
    verdict: Verdict
    wanted: tuple[Wanted, ...]
    """What the issuers could say so that nothing is left undecided."""


def examined(
    *, signed: bytes, content: bytes | None, anchors: tuple[bytes, ...], evidence: Evidence, now: datetime
) -> Examined:
    trust = trust_of(anchors)
    verdict = verify(signed, content=content, trust=trust, evidence=evidence, now=now)
    if verdict.outcome is not Outcome.UNDECIDED:
        return Examined(verdict, ())
    return Examined(verdict, wanted(signed, content=content, trust=trust, evidence=evidence, now=now))


def leaned_on(
    *, signed: bytes, content: bytes | None, anchors: tuple[bytes, ...], evidence: Evidence, now: datetime
) -> tuple[bytes, ...]:
    return authorities(signed, content=content, trust=trust_of(anchors), evidence=evidence, now=now)
