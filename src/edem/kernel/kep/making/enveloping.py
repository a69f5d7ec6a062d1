"""Envelopes for fixtures and simulators: what a bank or id.gov.ua encrypts to an installation's certificate."""

from dataclasses import dataclass

from edem.kernel.kep import oids, write
from edem.kernel.kep.algorithms.gost28147 import BLOCK, KEY_SIZE, Gost28147
from edem.kernel.kep.algorithms.key_wrap import wrap_key
from edem.kernel.kep.algorithms.sbox import DKE_1
from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.certificates.dstu_key import DstuKey
from edem.kernel.kep.making import seeds
from edem.kernel.kep.making.authority import Issued
from edem.kernel.kep.making.keys import DstuPrivateKey
from edem.kernel.kep.messages.enveloped import AGREEMENTS, derivation_context


@dataclass(frozen=True, kw_only=True)
class Post:
    """How an envelope is made."""

    agreement: str = oids.DH_COFACTOR_GOST
    has_key_alone: bool = False
    """The sender's key stands in the envelope; else their certificate is named and travels along."""
    names_key: bool = False
    """The recipient by the key's identifier instead of issuer and serial."""
    content_type: str = oids.CMS_DATA
    seed: str = "envelope"


USUAL = Post()


def enveloped(content: bytes, *, sender: Issued, recipient: Certificate, post: Post = USUAL) -> bytes:
    """EnvelopedData for one recipient; both keys lie on the same curve of DSTU 4145."""
    key, public = sender.key, recipient.public_key
    if not isinstance(key, DstuPrivateKey) or not isinstance(public, DstuKey):
        raise TypeError("keys agree on the curves of DSTU 4145 alone")
    seed = f"{post.seed}|{content.hex()}"
    content_key, start = seeds.octets(f"{seed}|key", KEY_SIZE), seeds.octets(f"{seed}|start", BLOCK)
    material = seeds.octets(f"{seed}|material", 64)
    agreed, derived = AGREEMENTS[post.agreement]
    secret = agreed(key.private, public.point, key.curve)
    wrapping = derived(secret, derivation_context(oids.GOST28147_WRAP, material))
    encrypted_key = wrap_key(content_key, wrapping, start=seeds.octets(f"{seed}|wrap", BLOCK))
    agreement = write.sequence(
        write.integer(3),
        write.explicit(0, _originator(sender, post)),
        write.explicit(1, write.octets(material)),
        write.sequence(write.oid(post.agreement), Algorithm(oids.GOST28147_WRAP, write.NULL).written()),
        write.sequence(write.sequence(_recipient(recipient, post), write.octets(encrypted_key))),
    )
    encrypted = Gost28147(content_key).encrypt_feedback(content, start=start)
    return _message(agreement, encrypted, start=start, sender=None if post.has_key_alone else sender, post=post)


def _message(agreement: bytes, encrypted: bytes, *, start: bytes, sender: Issued | None, post: Post) -> bytes:
    certificates = write.implicit(0, write.set_of(sender.certificate.der)) if sender else b""
    cipher = write.sequence(write.oid(oids.GOST28147_CFB), write.sequence(write.octets(start), write.octets(DKE_1)))
    body = write.sequence(
        write.integer(2),
        write.implicit(0, write.sequence(certificates)) if sender else b"",
        write.set_of(write.implicit(1, agreement)),
        write.sequence(write.oid(post.content_type), cipher, write.implicit(0, write.octets(encrypted))),
    )
    return write.sequence(write.oid(oids.CMS_ENVELOPED), write.explicit(0, body))


def _originator(sender: Issued, post: Post) -> bytes:
    if post.has_key_alone:
        return write.implicit(1, sender.key.public_bytes)
    return _named(sender.certificate)


def _recipient(recipient: Certificate, post: Post) -> bytes:
    if post.names_key:
        key_id = write.octets(recipient.extensions.subject_key_id or b"")
        return write.implicit(0, write.sequence(key_id))
    return _named(recipient)


def _named(certificate: Certificate) -> bytes:
    return write.sequence(certificate.issuer.raw, write.integer(certificate.serial))
