"""Sample staff accounts: one password for all, and a second factor whose code the demo itself shows."""

import hmac
from base64 import b32decode, b32encode
from datetime import datetime
from hashlib import sha256
from typing import Final

PASSWORD: Final = "vyshnevyi-sad-2026"  # noqa: S105 - of the sandbox only; it opens fictional accounts
PERIOD: Final = 30
_DIGITS: Final = 6


def totp_secret(login: str) -> str:
    """The same at every seed, so an authenticator app set up once goes on working."""
    return b32encode(sha256(f"e-DEM sample {login}".encode()).digest()[:20]).decode()


def totp_code(secret: str, now: datetime) -> str:
    """The code of the moment: RFC 6238 with its default parameters."""
    counter = int(now.timestamp()) // PERIOD
    digest = hmac.digest(b32decode(secret), counter.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}}"


def seconds_left(now: datetime) -> int:
    """For how long the code still holds."""
    return PERIOD - int(now.timestamp()) % PERIOD
