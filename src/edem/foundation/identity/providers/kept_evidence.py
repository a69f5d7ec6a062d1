"""Keeping a signed file as evidence: sealed, for its certificate has the signer's tax number in clear."""

from datetime import datetime
from uuid import UUID

from edem.foundation.identity.keys import vault_keys
from edem.foundation.identity.on_paper import OnPaper, people_on_paper
from edem.foundation.identity.purposes import MarkPurpose
from edem.foundation.identity.sealing import KEP_EVIDENCE, seal, unseal
from edem.kernel.kep.verdict import Signer


def seal_evidence(content: bytes, *, place: str) -> bytes:
    return seal(content, place=place, ring=vault_keys(), use=KEP_EVIDENCE)


def unseal_evidence(sealed: "bytes | memoryview[int]", *, place: str) -> bytes:
    return unseal(bytes(sealed), place=place, ring=vault_keys(), use=KEP_EVIDENCE)


def is_signed_by(
    signer: Signer, person_id: UUID, marks: frozenset[bytes], *, purpose: MarkPurpose, key_version: int, now: datetime
) -> bool:
    """Whether the certificate names this very person: by any number that it has, as somebody known or by their mark."""
    numbers = {number for number in (signer.tax_number, signer.document, signer.unzr) if number}
    found: list[OnPaper] = list(people_on_paper(numbers, purpose, key_version=key_version, now=now).values())
    return any(each.person_id == person_id or each.mark in marks for each in found)
