"""Opening the providers' envelopes needs the installation's private key: it is held elsewhere, behind this port."""

from typing import Protocol


class Decryption(Protocol):
    """An external crypto service or device that holds the key; the platform never sees it."""

    def certificate(self) -> bytes:
        """The installation's own encryption certificate, DER: providers encrypt for it."""

    def opened(self, envelope: bytes) -> bytes:
        """CMS EnvelopedData → what is inside."""
