"""Seals secrets of second factors, of outside providers, of services: the database alone does not give them away."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PLACE = b"mfa_authenticator.data"
OUTSIDE = b"people_outsideprovider.secret"
USE = b"edem second factor"


@dataclass(frozen=True, kw_only=True)
class SealedColumn:
    """A column that `sealing.seal_text` fills; empty where there is nothing to seal."""

    model: str
    """«reports.Receiver»"""
    column: str
    place: bytes


COLUMNS: set[SealedColumn] = set()
"""Of services; each names its own when it starts."""


def _ciphers() -> list[AESGCM]:
    """The current key first; older ones of the ring («2:hex,1:hex») still open what they sealed."""
    roots = [bytes.fromhex(part.rpartition(":")[2]) for part in settings.EDEM.vault_key.split(",")]
    return [AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=USE).derive(root)) for root in roots]


def seal_text(text: str, *, place: bytes = PLACE) -> str:
    nonce = os.urandom(12)
    return urlsafe_b64encode(nonce + _ciphers()[0].encrypt(nonce, text.encode(), place)).decode()


def open_text(sealed: str, *, place: bytes = PLACE) -> str:
    raw = urlsafe_b64decode(sealed)
    for cipher in _ciphers():
        with suppress(InvalidTag):
            return cipher.decrypt(raw[:12], raw[12:], place).decode()
    raise InvalidTag


def is_sealed_anew(sealed: str, *, place: bytes) -> bool:
    """Whether the current key opens it by itself."""
    raw = urlsafe_b64decode(sealed)
    with suppress(InvalidTag):
        _ciphers()[0].decrypt(raw[:12], raw[12:], place)
        return True
    return False
