"""A message that only one browser can read: RFC 8291 over RFC 8188 (aes128gcm), by `cryptography`."""

import os
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD: Final = 4096
LARGEST: Final = 3_000
"""Push services take 4096 bytes with everything around."""
SALT, SECRET, POINT = 16, 16, 65
_LAST_RECORD: Final = b"\x02"


class UnreadableKeyError(Exception):
    """The browser's key is no point of P-256, or its secret has another length."""


@dataclass(frozen=True)
class Keys:
    """Fresh for each message; a test of the standard gives its own."""

    private: ec.EllipticCurvePrivateKey
    salt: bytes

    @classmethod
    def fresh(cls) -> "Keys":
        return cls(ec.generate_private_key(ec.SECP256R1()), os.urandom(SALT))


def encrypted(plain: bytes, *, p256dh: bytes, auth: bytes, keys: Keys | None = None) -> bytes:
    if len(plain) > LARGEST:
        raise ValueError(f"a message to a browser has {LARGEST} bytes at most")
    own = keys or Keys.fresh()
    theirs = point_of(p256dh)
    if len(auth) != SECRET:
        raise UnreadableKeyError
    public = own.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = own.private.exchange(ec.ECDH(), theirs)
    secret = _derived(shared, salt=auth, use=b"WebPush: info\0" + p256dh + public, length=32)
    key = _derived(secret, salt=own.salt, use=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derived(secret, salt=own.salt, use=b"Content-Encoding: nonce\0", length=12)
    header = own.salt + RECORD.to_bytes(4, "big") + len(public).to_bytes(1, "big") + public
    return header + AESGCM(key).encrypt(nonce, plain + _LAST_RECORD, None)


def point_of(p256dh: bytes) -> ec.EllipticCurvePublicKey:
    try:
        if len(p256dh) != POINT:
            raise UnreadableKeyError
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)
    except ValueError as wrong:
        raise UnreadableKeyError from wrong


def _derived(secret: bytes, *, salt: bytes, use: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=use).derive(secret)
