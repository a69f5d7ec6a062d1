"""Certificates out of a file: one in DER, several in PEM, or a bundle .p7b (CMS SignedData that nobody signed)."""

import base64
import binascii
import re
from typing import Final

from edem.kernel.kep import der, oids
from edem.kernel.kep.certificates.certificate import Certificate
from edem.kernel.kep.der import Node, Tag, context
from edem.kernel.kep.errors import Unreadable

MOST_BYTES: Final = 4 * 2**20
MOST_CERTIFICATES: Final = 1024
_PEM: Final = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,32})-----([A-Za-z0-9+/=\s]*)-----END \1-----")


def certificates_in(file: bytes) -> tuple[Certificate, ...]:
    if len(file) > MOST_BYTES:
        raise Unreadable("bundle.too_long", length=len(file), most=MOST_BYTES)
    if b"-----BEGIN" in file:
        blocks = [_decoded(found.group(2)) for found in _PEM.finditer(file)]
        return tuple(certificate for block in blocks for certificate in _certificates(block))
    return _certificates(file)


def _decoded(text: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except binascii.Error as fault:
        raise Unreadable("bundle.bad_pem") from fault


def _certificates(source: bytes) -> tuple[Certificate, ...]:
    whole = der.read(source)
    first = whole.sequence().next()
    if first.tag != Tag.OID:
        return (Certificate.parse(source),)
    if first.oid() != oids.CMS_SIGNED:
        raise Unreadable("bundle.unknown_kind", kind=first.oid())
    return tuple(Certificate.parse(each.raw) for each in _bundled(whole) if each.tag == Tag.SEQUENCE)


def _bundled(whole: Node) -> tuple[Node, ...]:
    outer = whole.sequence()
    outer.next()
    signed = outer.next().inside().sequence()
    for _ in ("version", "digest algorithms", "content"):
        signed.next()
    certificates = signed.optional(context(0, constructed=True))
    return certificates.implicit(Tag.SET).set_of(most=MOST_CERTIFICATES) if certificates else ()
