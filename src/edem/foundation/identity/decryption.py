"""Opening the provider's envelopes needs the installation's private key: it is held elsewhere, behind this port."""

from typing import Protocol


class Decryption(Protocol):
    """An external crypto service or device; without one the connector asks for plain user info."""

    @property
    def certificate(self) -> str:
        """The installation's own encryption certificate, base64, as `cert` of get-user-info."""

    def opened(self, envelope: bytes) -> bytes:
        """CMS EnvelopedData → the plain JSON inside."""
