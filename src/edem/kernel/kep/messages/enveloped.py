"""Opening an envelope with a private key of our own: for the sandbox and tests alone.

The arithmetic is not constant-time. In production the key is held by a crypto service or device, and whoever calls this
refuses production settings.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from edem.kernel.kep import der, oids, write
from edem.kernel.kep.algorithms.agreement import cofactor_secret, plain_secret
from edem.kernel.kep.algorithms.curve import Curve
from edem.kernel.kep.algorithms.dstu4145 import expand_point
from edem.kernel.kep.algorithms.gost28147 import BLOCK, Gost28147
from edem.kernel.kep.algorithms.kdf import gost_key, kupyna_key
from edem.kernel.kep.algorithms.key_wrap import unwrap_key
from edem.kernel.kep.algorithms.sbox import DKE_1
from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.dstu_key import SCHEMES, DstuKey
from edem.kernel.kep.certificates.key_reading import read_public_key
from edem.kernel.kep.certificates.names import Name
from edem.kernel.kep.certificates.public_key import PublicKey
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages.enveloped_parts import Agreement, Envelope, Originator, Recipient
from edem.kernel.kep.messages.signed import SignerName

AGREEMENTS: Final = {
    oids.DH_COFACTOR_GOST: (cofactor_secret, gost_key),
    oids.DH_GOST: (plain_secret, gost_key),
    oids.DH_COFACTOR_KUPYNA: (cofactor_secret, kupyna_key),
    oids.DH_KUPYNA: (plain_secret, kupyna_key),
}
KEY_BITS: Final = (256).to_bytes(4, "big")


class AgreeingKey(Protocol):
    """A private key on a curve of DSTU 4145."""

    @property
    def private(self) -> int: ...

    @property
    def curve(self) -> Curve: ...


@dataclass(frozen=True, kw_only=True)
class Opened:
    content_type: str
    content: bytes
    """Not authenticated by the envelope: what is inside is signed, or it is nobody's word."""
    originator: Certificate | None
    """The sender's certificate, when the agreement names one."""


def open_with(
    message: bytes, *, key: AgreeingKey, certificate: Certificate, others: Iterable[Certificate] = ()
) -> Opened:
    """`others` are the senders' certificates at hand, for an envelope that only names its sender."""
    envelope = Envelope.parse(message)
    agreement, recipient = _for(certificate, envelope)
    senders = (*others, *(Certificate.parse(each) for each in envelope.certificates))
    sender = _sender(agreement.originator, senders)
    public = sender.public_key if sender else _given_key(agreement.originator, key.curve)
    if not isinstance(public, DstuKey) or public.curve != key.curve:
        raise Unreadable("envelope.other_curve")
    content_key = unwrap_key(recipient.encrypted_key, _wrapping_key(agreement, key=key, public=public))
    return Opened(
        content_type=envelope.content_type,
        content=_decrypted(envelope, content_key),
        originator=sender,
    )


def derivation_context(wrap: str, key_material: bytes | None) -> bytes:
    """What the KDF takes besides the secret: for which key it is, with the sender's random bytes."""
    return write.sequence(
        Algorithm(wrap, write.NULL).written(),
        write.explicit(0, write.octets(key_material)) if key_material is not None else b"",
        write.explicit(2, write.octets(KEY_BITS)),
    )


def is_named(name: SignerName, certificate: Certificate) -> bool:
    if name.key_id:
        return name.key_id == certificate.extensions.subject_key_id
    return name.serial == certificate.serial and Name.read(der.read(name.issuer)).is_same(certificate.issuer)


def _for(certificate: Certificate, envelope: Envelope) -> tuple[Agreement, Recipient]:
    for agreement in envelope.agreements:
        for recipient in agreement.recipients:
            if is_named(recipient.by, certificate):
                return agreement, recipient
    raise Unreadable("envelope.for_somebody_else")


def _sender(originator: Originator, certificates: Iterable[Certificate]) -> Certificate | None:
    name = originator.by
    if name is None:
        return None
    found = next((each for each in certificates if is_named(name, each)), None)
    if found is None:
        raise Unreadable("envelope.sender_unknown")
    return found


def _given_key(originator: Originator, curve: Curve) -> PublicKey:
    """A key made for this message; without parameters it lies on the recipient's curve (RFC 5753 §3.1.1)."""
    fields = der.read(originator.key).sequence()
    algorithm, bits = Algorithm.read(fields.next()), fields.next().bits()
    fields.finish()
    if algorithm.parameters in (None, write.NULL):
        if algorithm.oid not in SCHEMES:
            raise Unreadable("key.unknown_algorithm", algorithm=algorithm.oid)
        return DstuKey(expand_point(der.read(bits).octets(), curve, order=SCHEMES[algorithm.oid].order), curve, bits)
    return read_public_key(originator.key)


def _wrapping_key(agreement: Agreement, *, key: AgreeingKey, public: DstuKey) -> bytes:
    if agreement.derivation not in AGREEMENTS:
        raise Unreadable("envelope.unknown_agreement", oid=agreement.derivation)
    if agreement.wrap != oids.GOST28147_WRAP:
        raise Unreadable("envelope.unknown_wrap", oid=agreement.wrap)
    agreed, derived = AGREEMENTS[agreement.derivation]
    secret = agreed(key.private, public.point, key.curve)
    return derived(secret, derivation_context(agreement.wrap, agreement.key_material))


def _decrypted(envelope: Envelope, content_key: bytes) -> bytes:
    if envelope.cipher.oid != oids.GOST28147_CFB:
        raise Unreadable("envelope.unknown_cipher", oid=envelope.cipher.oid)
    fields = der.read(envelope.cipher.parameters or b"").sequence()
    start = fields.next().octets()
    sbox = fields.next().octets() if fields.more() else DKE_1
    fields.finish()
    if len(start) != BLOCK:
        raise Unreadable("envelope.bad_start", size=len(start))
    return Gost28147(content_key, sbox=sbox).decrypt_feedback(envelope.encrypted, start=start)
