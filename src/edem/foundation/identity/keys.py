"""The keys outside the database: each has a version, and every use has a key of its own derived from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

LENGTH = 32


@dataclass(frozen=True)
class Keyring:
    """«hex» is version 1; «2:hex,1:hex» is a ring whose first key is the current one."""

    keys: Mapping[int, bytes]
    current: int

    @classmethod
    def parse(cls, text: str) -> "Keyring":
        keys: dict[int, bytes] = {}
        for part in text.split(","):
            version, colon, key = part.strip().rpartition(":")
            keys[int(version) if colon else 1] = bytes.fromhex(key)
        if any(len(key) != LENGTH for key in keys.values()):
            raise ValueError(f"A key of the installation must be {LENGTH} bytes in hex")
        return cls(keys, next(iter(keys)))

    def derived(self, use: str, *, version: int) -> bytes:
        return _derived(self.keys[version], use)


@cache
def _derived(root: bytes, use: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=LENGTH, salt=None, info=f"edem {use}".encode()).derive(root)


@cache
def _parsed(text: str) -> Keyring:
    return Keyring.parse(text)


def vault_keys() -> Keyring:
    return _parsed(settings.EDEM.vault_key)


def mark_keys() -> Keyring:
    return _parsed(settings.EDEM.mark_key)
