"""What a provider has encrypted for this installation, opened by the holder of the key; every failure is said."""

import logging
from base64 import b64decode
from binascii import Error as NotBase64

from edem.foundation.identity.errors import ProviderFault
from edem.foundation.identity.providers.decryption.port import Decryption, HolderSilent, Unopened

log = logging.getLogger(__name__)


def own_certificate(decryption: Decryption) -> bytes:
    try:
        return decryption.certificate()
    except HolderSilent:
        raise ProviderFault("identity.decryption_silent") from None


def opened(envelope: str, *, decryption: Decryption, service: str) -> bytes:
    """Base64 of CMS EnvelopedData → its content."""
    try:
        return decryption.opened(b64decode("".join(envelope.split()), validate=True))
    except (NotBase64, ValueError, Unopened):
        log.warning("%s sent an envelope that does not open with this installation's key", service)
        raise ProviderFault("identity.envelope_unopened", service=service) from None
    except HolderSilent:
        raise ProviderFault("identity.decryption_silent") from None
