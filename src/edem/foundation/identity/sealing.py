"""AES-GCM with the place as associated data: a sealed value moved to another row or column does not open."""

import os
from functools import cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from edem.foundation.identity.keys import Keyring

NONCE = 12
VERSION_BYTES: Final = 2
ON_PAPER: Final = "on paper"
"""The use of numbers that wait on a paper sheet: a key of their own."""
KEP_EVIDENCE: Final = "kep evidence"
"""The use of files signed by КЕП, whose certificates have tax numbers in clear."""

FILES: Final = "files"
"""The use of the keys of sealed files: each file has a key of its own, and only that lies in the database."""


class Unsealable(Exception):
    """Tampered with, moved, or sealed by a key that is no longer here."""


@cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def seal(plain: bytes, *, place: str, ring: Keyring, use: str = "vault") -> bytes:
    nonce = os.urandom(NONCE)
    cipher = _cipher(ring.derived(use, version=ring.current))
    return ring.current.to_bytes(VERSION_BYTES, "big") + nonce + cipher.encrypt(nonce, plain, place.encode())


def unseal(sealed: bytes, *, place: str, ring: Keyring, use: str = "vault") -> bytes:
    version, nonce = int.from_bytes(sealed[:VERSION_BYTES], "big"), sealed[VERSION_BYTES : VERSION_BYTES + NONCE]
    if version not in ring.keys or len(nonce) != NONCE:
        raise Unsealable
    try:
        cipher = _cipher(ring.derived(use, version=version))
        return cipher.decrypt(nonce, sealed[VERSION_BYTES + NONCE :], place.encode())
    except InvalidTag as wrong:
        raise Unsealable from wrong


def version_of(sealed: bytes) -> int:
    """Which key it was sealed with; that much stands in clear."""
    return int.from_bytes(sealed[:VERSION_BYTES], "big")
