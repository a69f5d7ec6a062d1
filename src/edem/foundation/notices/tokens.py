"""The sealed token in a letter: it lets its holder stop these letters, and tells nobody whose they are."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from edem.kernel.errors import Missing

_PLACE = b"notices.unsubscribe"
_NONCE, _UUID = 12, 16


@dataclass(frozen=True)
class Letters:
    """Some of a person's letters: those of a topic, a subscription, a digest, or all of them (`stopping` reads it)."""

    person_id: UUID
    code: str


def seal(letters: Letters) -> str:
    nonce = os.urandom(_NONCE)
    plain = letters.person_id.bytes + letters.code.encode()
    return urlsafe_b64encode(nonce + _cipher().encrypt(nonce, plain, _PLACE)).decode().rstrip("=")


def open_sealed(token: str) -> Letters:
    """Letters live long in mailboxes, so the token has no last day."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        plain = _cipher().decrypt(raw[:_NONCE], raw[_NONCE:], _PLACE)
    except (ValueError, InvalidTag) as broken:
        raise Missing("notices.unknown_token") from broken
    return Letters(UUID(bytes=plain[:_UUID]), plain[_UUID:].decode())


def _cipher() -> AESGCM:
    root = settings.SECRET_KEY.encode()
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=_PLACE).derive(root))
