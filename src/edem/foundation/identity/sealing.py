"""AES-GCM with the place as associated data: a sealed value moved to another row or column does not open."""

import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from edem.foundation.identity.keys import Keyring

NONCE = 12
_VERSION = 2


class Unsealable(Exception):
    """Tampered with, moved, or sealed by a key that is no longer here."""


@cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def seal(plain: bytes, *, place: str, ring: Keyring, use: str = "vault") -> bytes:
    nonce = os.urandom(NONCE)
    cipher = _cipher(ring.derived(use, version=ring.current))
    return ring.current.to_bytes(_VERSION, "big") + nonce + cipher.encrypt(nonce, plain, place.encode())


def unseal(sealed: bytes, *, place: str, ring: Keyring, use: str = "vault") -> bytes:
    version, nonce = int.from_bytes(sealed[:_VERSION], "big"), sealed[_VERSION : _VERSION + NONCE]
    if version not in ring.keys or len(nonce) != NONCE:
        raise Unsealable
    try:
        cipher = _cipher(ring.derived(use, version=version))
        return cipher.decrypt(nonce, sealed[_VERSION + NONCE :], place.encode())
    except InvalidTag as wrong:
        raise Unsealable from wrong
