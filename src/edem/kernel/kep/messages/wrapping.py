"""The outermost wrapping of every CMS message, and the ways in which people's files carry it."""

import base64
import binascii
import re

from edem.kernel.kep import der
from edem.kernel.kep.ber import is_streamed, with_definite_lengths
from edem.kernel.kep.errors import Unreadable

_ARMOUR = re.compile(rb"\A\s*-----BEGIN (?:CMS|PKCS7)-----\s(.*?)-----END (?:CMS|PKCS7)-----\s*\Z", re.DOTALL)
_BASE64 = re.compile(rb"\A[A-Za-z0-9+/\s]+={0,2}\s*\Z")
_SEQUENCE = b"\x30"


def opened(message: bytes | der.Node, *, expected: str) -> der.Node:
    """The content of a ContentInfo of the expected type."""
    node = message if isinstance(message, der.Node) else der.read(_definite(message))
    fields = node.sequence()
    kind = fields.next().oid()
    if kind != expected:
        raise Unreadable("cms.other_type", expected=expected, found=kind)
    inner = fields.explicit(0)
    fields.finish()
    if inner is None:
        raise Unreadable("cms.no_content")
    return inner


def unarmoured(upload: bytes) -> bytes:
    """Some programs save a signature as base64 text, with or without the PEM lines around it."""
    if upload.startswith(_SEQUENCE):
        return upload
    armour = _ARMOUR.match(upload)
    text = armour[1] if armour else upload
    if not _BASE64.match(text):
        raise Unreadable("cms.not_a_message")
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except binascii.Error as fault:
        raise Unreadable("cms.not_a_message") from fault


def _definite(message: bytes) -> bytes:
    """Programs that sign as they read write BER; only the message around is so, what is signed in it is DER."""
    return with_definite_lengths(message) if is_streamed(message) else message
