"""Where a letter comes back to: the envelope names the letter under a seal, so nobody can send back another one.

RFC 5321 lets a local part have 64 characters, and mail systems may change its case: base32 fits both.
"""

import hmac
import re
from base64 import b32decode, b32encode
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_SEAL, _COMMUNITY, _UUID = 8, 4, 16
_RETURNS: Final = b"notices.bounces"
_TOKEN: Final = re.compile(r"\+([a-z2-7]{45})@", re.IGNORECASE)


@dataclass(frozen=True)
class LetterName:
    community_id: int
    notice_id: UUID


def return_path_of(letter: LetterName) -> str:
    """«bounces+token@edem.ua»; without a mailbox for returned mail, the sender itself."""
    return sealed_address(settings.EDEM.bounces_address, letter, use=_RETURNS)


def letter_named_in(addresses: str) -> LetterName | None:
    """The first sealed name among the addresses of a header; a forged one is none."""
    return named_under_seal(addresses, use=_RETURNS)


def sealed_address(mailbox: str, letter: LetterName, *, use: bytes) -> str:
    """The mailbox with the letter's name in it; a name sealed for one use is good for no other."""
    if not mailbox:
        return ""
    named = letter.community_id.to_bytes(_COMMUNITY, "big") + letter.notice_id.bytes
    token = b32encode(named + _sealed(named, use)).decode().rstrip("=").lower()
    local, _, domain = mailbox.partition("@")
    return f"{local}+{token}@{domain}"


def named_under_seal(addresses: str, *, use: bytes) -> LetterName | None:
    for token in _TOKEN.findall(addresses):
        raw = b32decode(token.upper() + "===")
        named, seal = raw[:-_SEAL], raw[-_SEAL:]
        if hmac.compare_digest(seal, _sealed(named, use)):
            return LetterName(int.from_bytes(named[:_COMMUNITY], "big"), UUID(bytes=named[_COMMUNITY:]))
    return None


def address_mark(address: str) -> bytes:
    """A keyed hash: the same mailbox is known again, and nothing else is known of it."""
    return hmac.digest(_key(b"notices.address"), address.strip().lower().encode(), "sha256")


def _sealed(named: bytes, use: bytes) -> bytes:
    return hmac.digest(_key(use), named, "sha256")[:_SEAL]


def _key(use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=use).derive(settings.SECRET_KEY.encode())
