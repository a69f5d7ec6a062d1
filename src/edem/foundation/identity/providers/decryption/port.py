"""Opening the providers' envelopes needs the installation's private key: it is held elsewhere, behind this port."""

from typing import Protocol

LARGEST_ENVELOPE = 2 * 2**20
LARGEST_CONTENT = 4 * 2**20
PATIENCE_SECONDS = 10.0


class Unopened(Exception):
    """The envelope is for somebody else or is spoilt; the holder of the key says so and is itself well."""


class HolderSilent(Exception):
    """The holder of the key does not answer, or answers nonsense: the operator's fault, nobody else's."""


class Decryption(Protocol):
    """An external crypto service or device that holds the key; the platform never sees it."""

    def certificate(self) -> bytes:
        """The installation's own encryption certificate, DER: providers encrypt for it. Raises HolderSilent."""

    def opened(self, envelope: bytes) -> bytes:
        """CMS EnvelopedData → what is inside. Raises Unopened or HolderSilent."""
