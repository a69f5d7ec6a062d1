"""ASiC containers for fixtures and simulators."""

import base64
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import quoteattr

from edem.kernel.kep import oids
from edem.kernel.kep.making.signing import Hand, signed_message
from edem.kernel.kep.messages.asic import EXTENDED, MIME_TYPE, SIMPLE
from edem.kernel.kep.messages.digests import digest_of

_MOMENT: Final = (2026, 3, 1, 12, 0, 0)
_SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """In this order and with one fixed time: the same bytes in every run. Names may repeat, for tests."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        for name, content in files:
            method = zipfile.ZIP_STORED if name == MIME_TYPE else zipfile.ZIP_DEFLATED
            opened.writestr(zipfile.ZipInfo(name, _MOMENT), content, compress_type=method)
    return archive.getvalue()


def simple_container(name: str, content: bytes, *hands: Hand) -> bytes:
    """ASiC-S: one file and one signature file beside it."""
    signature = signed_message(content, *hands, is_detached=True)
    return zipped([(MIME_TYPE, SIMPLE.encode()), (name, content), ("META-INF/signature.p7s", signature)])


def extended_container(files: Mapping[str, bytes], *hands: Hand) -> bytes:
    """ASiC-E: several files; each hand signs a manifest of its own over all of them."""
    parts = [(MIME_TYPE, EXTENDED.encode()), *files.items()]
    for number, hand in enumerate(hands, start=1):
        signature = f"META-INF/signature{number:03}.p7s"
        listed = manifest(files, signature=signature)
        parts.append((f"META-INF/ASiCManifest{number:03}.xml", listed))
        parts.append((signature, signed_message(listed, hand, is_detached=True)))
    return zipped(parts)


def manifest(files: Mapping[str, bytes], *, signature: str) -> bytes:
    references = "".join(
        f"<asic:DataObjectReference URI={quoteattr(name)}>"
        f'<ds:DigestMethod Algorithm="{_SHA256}"/>'
        f"<ds:DigestValue>{base64.b64encode(digest_of(content, oid=oids.SHA256)).decode()}</ds:DigestValue>"
        "</asic:DataObjectReference>"
        for name, content in files.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">'
        f'<asic:SigReference URI={quoteattr(signature)} MimeType="application/x-pkcs7-signature"/>'
        f"{references}</asic:ASiCManifest>"
    ).encode()
