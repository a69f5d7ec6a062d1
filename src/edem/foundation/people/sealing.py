"""Seals the secrets of second factors, so that the database alone does not give them away."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PLACE = b"mfa_authenticator.data"


def _key() -> bytes:
    root = bytes.fromhex(settings.EDEM.vault_key)
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"edem second factor").derive(root)


def seal_text(text: str) -> str:
    nonce = os.urandom(12)
    return urlsafe_b64encode(nonce + AESGCM(_key()).encrypt(nonce, text.encode(), PLACE)).decode()


def open_text(sealed: str) -> str:
    raw = urlsafe_b64decode(sealed)
    return AESGCM(_key()).decrypt(raw[:12], raw[12:], PLACE).decode()
