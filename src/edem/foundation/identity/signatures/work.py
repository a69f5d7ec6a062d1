"""What a worker is asked to do: plain functions of plain things, because they cross a border of processes."""

from datetime import datetime

from edem.foundation.identity.signatures.trusted import trust_of
from edem.kernel.kep.messages.evidence import Evidence
from edem.kernel.kep.verdict import Verdict
from edem.kernel.kep.verifying import verify


def verified(
    *, signed: bytes, content: bytes | None, anchors: tuple[bytes, ...], evidence: Evidence, now: datetime
) -> Verdict:
    return verify(signed, content=content, trust=trust_of(anchors), evidence=evidence, now=now)
