"""Encrypts an answer for whoever asked, as providers do; and wrongly, when that is what is to be tried."""

import secrets
from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass

from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.making.authority import Authority, Issued
from edem.kernel.kep.making.enveloping import Post, enveloped
from edem.kernel.kep.making.subjects import Organisation
from simulators.authority import TERM
from simulators.id_gov_ua.mischief import Mischief


class NotACertificate(Exception):
    """What came as `cert` cannot be encrypted for."""


@dataclass(frozen=True, kw_only=True)
class Sealer:
    """The stand's key for agreement, and the key of a stranger for whom an answer may be meant by mistake."""

    sender: Issued
    stranger: Issued

    @classmethod
    def of(cls, authority: Authority, organisation: Organisation) -> "Sealer":
        stranger = Organisation(title="ТОВ «Чужа скринька»", edrpou="40000001")
        return cls(
            sender=authority.seal(organisation, term=TERM, is_for_agreement=True),
            stranger=authority.seal(stranger, term=TERM, is_for_agreement=True),
        )

    def sealed(self, content: bytes, *, certificate: str, mischief: Mischief) -> bytes:
        """CMS EnvelopedData for the certificate given as base64."""
        try:
            recipient = Certificate.parse(b64decode("".join(certificate.split()), validate=True))
            if mischief is Mischief.OTHERS_ENVELOPE:
                recipient = self.stranger.certificate
            envelope = enveloped(content, sender=self.sender, recipient=recipient, post=Post(seed=secrets.token_hex()))
        except (NotBase64, ValueError, TypeError, Unreadable) as fault:
            raise NotACertificate from fault
        return _spoilt(envelope, len(content)) if mischief is Mischief.SPOILT_ENVELOPE else envelope


def _spoilt(envelope: bytes, size: int) -> bytes:
    """One bit of the first octet of the content, which stands at the end."""
    return envelope[:-size] + bytes([envelope[-size] ^ 1]) + envelope[1 - size :]
