"""A program on this machine that holds the key: `<program> certificate` writes DER, `<program> open` is a filter.

It is started directly, without a shell. Status 0: done; 3: the envelope cannot be opened with this key.
"""

import logging
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from edem.foundation.identity.providers.decryption.port import (
    LARGEST_CONTENT,
    LARGEST_ENVELOPE,
    PATIENCE_SECONDS,
    HolderSilent,
    Unopened,
)

log = logging.getLogger(__name__)

CANNOT_OPEN = 3


@dataclass(frozen=True, kw_only=True)
class CryptoProgram:
    command: Sequence[str]
    patience: float = PATIENCE_SECONDS

    def certificate(self) -> bytes:
        said = self._run("certificate", b"")
        if said.returncode or not said.stdout:
            raise self._strange("certificate", said)
        return said.stdout

    def opened(self, envelope: bytes) -> bytes:
        if len(envelope) > LARGEST_ENVELOPE:
            raise Unopened
        said = self._run("open", envelope)
        if said.returncode == CANNOT_OPEN:
            raise Unopened
        if said.returncode or len(said.stdout) > LARGEST_CONTENT:
            raise self._strange("open", said)
        return said.stdout

    def _run(self, verb: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - the operator's own program, named in the settings
                [*self.command, verb], input=given, capture_output=True, timeout=self.patience, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as silence:
            log.warning("the crypto program did not do %r: %s", verb, type(silence).__name__)
            raise HolderSilent from None

    def _strange(self, verb: str, said: subprocess.CompletedProcess[bytes]) -> HolderSilent:
        # What it wrote is not repeated here: it may have been about a person.
        log.error("the crypto program ended %r with status %s", verb, said.returncode)
        return HolderSilent()
