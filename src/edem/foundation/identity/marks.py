"""Marks tell people apart without naming them: keyed hashes, a key for each purpose (spec, «Privacy»)."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass

from edem.foundation.identity.keys import mark_keys
from edem.foundation.identity.purposes import ACT_PURPOSES, MarkPurpose


@dataclass(frozen=True)
class Mark:
    value: bytes
    key_version: int


def mark_for(identifier: str, purpose: MarkPurpose, *, key_version: int | None = None) -> Mark:
    """HMAC-SHA-256 of «tax:…», «unzr:…» or «doc:…» under the purpose's own key."""
    ring = mark_keys()
    version = ring.current if key_version is None else key_version
    key = ring.derived(f"mark {purpose}", version=version)
    return Mark(hmac.digest(key, identifier.encode(), "sha256"), version)


def sign_in_marks(identifiers: tuple[str, ...]) -> list[Mark]:
    """Every mark by which this person may be known already, the current key's first."""
    return [
        mark_for(one, MarkPurpose.SIGN_IN, key_version=version) for version in mark_keys().keys for one in identifiers
    ]


def act_marks(identifier: str) -> Iterator[tuple[str, str]]:
    """«petition/1» → hex, for each purpose and each key still in use."""
    for version in mark_keys().keys:
        for purpose in ACT_PURPOSES:
            yield name_of(purpose, version), mark_for(identifier, purpose, key_version=version).value.hex()


def name_of(purpose: MarkPurpose, key_version: int) -> str:
    return f"{purpose}/{key_version}"
