"""One-time codes of invitations; only their hashes are kept."""

import hashlib
import secrets


def new_code() -> str:
    return secrets.token_urlsafe(32)


def hash_of(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
