"""What a decision about membership rests on, in words that name nobody. Pure."""

import re

from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import N_

ADDRESS_EVIDENCE = N_("Зареєстрована адреса, яку передав сервіс входу")
_NUMBER_OF_A_PERSON = re.compile(r"\d{8}|[А-ЯҐЄІЇA-Z]{2}\s?\d{6}|\+?\d[\d\s()-]{8,}\d")
_LONGEST = 300


def check_evidence(evidence: str) -> None:
    """Say which document was seen, not what stands in it: the text is kept in clear."""
    if not evidence.strip():
        raise Invalid("identity.evidence_empty")
    if len(evidence) > _LONGEST or names_somebody(evidence):
        raise Invalid("identity.evidence_personal")


def names_somebody(text: str) -> bool:
    """Whether it has anything like a tax number, a passport or a telephone."""
    return bool(_NUMBER_OF_A_PERSON.search(text))
