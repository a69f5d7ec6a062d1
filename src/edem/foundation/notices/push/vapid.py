"""Says to a push service who sends (VAPID, RFC 8292): a short token signed by the installation's own key."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from edem.foundation.notices.push.encrypting import SECRET, UnreadableKeyError, point_of

LIFE: Final = timedelta(hours=12)
_HALF: Final = 32
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of P-256."""


def authorization(endpoint: str, *, key: str, contact: str, now: datetime) -> str:
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((now + LIFE).timestamp()), "sub": contact}
    signed = f"{_packed({'typ': 'JWT', 'alg': 'ES256'})}.{_packed(claims)}"
    r, s = decode_dss_signature(_private(key).sign(signed.encode(), ec.ECDSA(SHA256())))
    signature = r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")
    return f"vapid t={signed}.{as_text(signature)}, k={public_key(key)}"


@cache
def public_key(key: str) -> str:
    """What browsers are given as `applicationServerKey`."""
    point = _private(key).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return as_text(point)


def as_text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def as_bytes(text: str) -> bytes:
    """A browser's base64 without its padding; anything else is a ValueError."""
    if not text.isascii():
        raise ValueError("not base64")
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@cache
def _private(key: str) -> ec.EllipticCurvePrivateKey:
    """Any 32 bytes make a key of the curve."""
    return ec.derive_private_key(int(key, 16) % (_ORDER - 1) + 1, ec.SECP256R1())


def _packed(facts: dict[str, object]) -> str:
    return as_text(json.dumps(facts, separators=(",", ":")).encode())


def is_key_pair(p256dh: str, auth: str) -> bool:
    """Whether a browser's key and secret are what they should be."""
    try:
        point_of(as_bytes(p256dh))
        return len(as_bytes(auth)) == SECRET
    except (ValueError, UnreadableKeyError):
        return False
