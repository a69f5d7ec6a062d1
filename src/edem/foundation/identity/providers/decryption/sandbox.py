"""Decryption by our own code, for the sandbox: not constant-time, its key in a file. It refuses production settings."""

import json
from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from edem.foundation.identity.providers.decryption.port import Unopened
from edem.kernel.kep.algorithms.curve import Curve
from edem.kernel.kep.algorithms.curves import NAMED
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages.enveloped import open_with


@dataclass(frozen=True, kw_only=True)
class SandboxKey:
    """`{"curve": "m257", "private": hex, "certificate": base64}`, as the sandbox's crypto service writes it."""

    private: int
    curve: Curve
    certificate: Certificate

    @classmethod
    def read(cls, file: Path) -> "SandboxKey":
        try:
            said = json.loads(file.read_text(encoding="utf-8"))
            return cls(
                private=int(said["private"], 16),
                curve=NAMED[said["curve"]],
                certificate=Certificate.parse(b64decode(said["certificate"], validate=True)),
            )
        except (OSError, ValueError, KeyError, TypeError, NotBase64, Unreadable) as fault:
            raise ImproperlyConfigured(f"EDEM_SANDBOX_DECRYPTION_KEY is no key of the sandbox: {file}") from fault


@dataclass(frozen=True, kw_only=True)
class SandboxDecryption:
    key_file: Path

    def __post_init__(self) -> None:
        refuse_production()

    def certificate(self) -> bytes:
        return self._key.certificate.der

    def opened(self, envelope: bytes) -> bytes:
        refuse_production()
        try:
            return open_with(envelope, key=self._key, certificate=self._key.certificate).content
        except Unreadable as why:
            raise Unopened from why

    @cached_property
    def _key(self) -> SandboxKey:
        return SandboxKey.read(self.key_file)


def refuse_production() -> None:
    """Wherever it is used, not only where the settings are checked."""
    if settings.PRODUCTION or not settings.SANDBOX:
        raise ImproperlyConfigured("Our own decryption serves the sandbox alone: name a crypto service or program.")
