"""What a worker is asked to do: plain functions of plain things, because they cross a border of processes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from edem.foundation.identity.signatures.trusted import trust_of
from edem.kernel.kep.messages.evidence import Evidence
from edem.kernel.kep.verdict import Outcome, Verdict
from edem.kernel.kep.verifying import Wanted, authorities, verify, wanted

_ASKED_ABOUT: Final = frozenset({Outcome.UNDECIDED, Outcome.VALID})
"""Of what holds so far: what the file itself says of revocation may be from before it."""


@dataclass(frozen=True)
class Examined:
    verdict: Verdict
    wanted: tuple[Wanted, ...]
    """What the issuers could say so that nothing is left undecided and nothing rests on an old word."""


def examined(
    *,
    signed: bytes,
    content: bytes | None,
    anchors: tuple[bytes, ...],
    evidence: Evidence,
    now: datetime,
    may_ask: bool,
) -> Examined:
    trust = trust_of(anchors)
    verdict = verify(signed, content=content, trust=trust, evidence=evidence, now=now)
    if not may_ask or verdict.outcome not in _ASKED_ABOUT:
        return Examined(verdict, ())
    return Examined(verdict, wanted(signed, content=content, trust=trust, evidence=evidence, now=now))


def leaned_on(
    *, signed: bytes, content: bytes | None, anchors: tuple[bytes, ...], evidence: Evidence, now: datetime
) -> tuple[bytes, ...]:
    return authorities(signed, content=content, trust=trust_of(anchors), evidence=evidence, now=now)
