"""The manifest of an ASiC-E container with CAdES (ETSI EN 319 162-1): which signature covers which files."""

import base64
import binascii
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from edem.kernel.kep import oids
from edem.kernel.kep.errors import Unreadable

ASIC: Final = "{http://uri.etsi.org/02918/v1.2.1#}"
DSIG: Final = "{http://www.w3.org/2000/09/xmldsig#}"
MOST_BYTES: Final = 2**20
MOST_REFERENCES: Final = 256

_DIGESTS: Final = {
    "http://www.w3.org/2001/04/xmlenc#sha256": oids.SHA256,
    "http://www.w3.org/2001/04/xmldsig-more#sha384": oids.SHA384,
    "http://www.w3.org/2001/04/xmlenc#sha512": oids.SHA512,
}
_ENCODING = re.compile(r"\A<\?xml[^>]*\bencoding\s*=\s*[\"']([^\"']*)[\"']")


@dataclass(frozen=True, kw_only=True)
class FileDigest:
    name: str
    digest: str
    value: bytes


@dataclass(frozen=True, kw_only=True)
class Manifest:
    signature: str
    """The name of the file with the signature."""
    files: tuple[FileDigest, ...]

    @classmethod
    def parse(cls, document: bytes, /) -> "Manifest":
        root = _root(document)
        if root.tag != f"{ASIC}ASiCManifest":
            raise Unreadable("manifest.other_document", found=root.tag[:100])
        signatures = root.findall(f"{ASIC}SigReference")
        references = root.findall(f"{ASIC}DataObjectReference")
        if len(signatures) != 1 or not 1 <= len(references) <= MOST_REFERENCES:
            raise Unreadable("manifest.references", signatures=len(signatures), files=len(references))
        files = tuple(_file(reference) for reference in references)
        if len({file.name for file in files}) != len(files):
            raise Unreadable("manifest.name_repeated")
        return cls(signature=_name(signatures[0]), files=files)


def _root(document: bytes) -> ET.Element:
    """No document type, so no entities: neither bombs nor other files. No encoding but UTF-8, so no way around that."""
    if len(document) > MOST_BYTES:
        raise Unreadable("manifest.too_long", length=len(document), most=MOST_BYTES)
    try:
        text = document.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unreadable("manifest.not_utf8") from fault
    encoding = _ENCODING.match(text)
    if encoding and encoding[1].casefold() != "utf-8":
        raise Unreadable("manifest.not_utf8", encoding=encoding[1][:40])
    if "<!" in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL):
        raise Unreadable("manifest.document_type")
    try:
        return ET.fromstring(text.encode())  # noqa: S314 - entities are refused above, the size is bounded
    except (ET.ParseError, ValueError, LookupError) as fault:
        raise Unreadable("manifest.broken") from fault


def _file(reference: ET.Element) -> FileDigest:
    method, value = reference.find(f"{DSIG}DigestMethod"), reference.find(f"{DSIG}DigestValue")
    if method is None or value is None:
        raise Unreadable("manifest.no_digest")
    try:
        digest = base64.b64decode("".join((value.text or "").split()), validate=True)
    except (binascii.Error, ValueError) as fault:
        raise Unreadable("manifest.bad_digest") from fault
    return FileDigest(name=_name(reference), digest=_digest(method.get("Algorithm", "")), value=digest)


def _digest(address: str) -> str:
    """The digests of W3C by their addresses, the Ukrainian ones by «urn:oid:»."""
    known = _DIGESTS.get(address)
    if known:
        return known
    if not address.startswith("urn:oid:"):
        raise Unreadable("digest.unknown", oid=address[:100])
    return address.removeprefix("urn:oid:")


def _name(reference: ET.Element) -> str:
    """Percent signs are undone: the manifest has addresses, the archive has names."""
    name = unquote(reference.get("URI", "")).removeprefix("./").removeprefix("/")
    if not name:
        raise Unreadable("manifest.no_name")
    return name
