"""ASiC containers with CAdES signatures (ETSI EN 319 162-1): what is inside, and which signature covers which file."""

import re
from dataclasses import dataclass
from typing import Final

from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.messages.asic_manifest import FileDigest, Manifest
from edem.kernel.kep.messages.zipped import unpacked

MIME_TYPE: Final = "mimetype"
META: Final = "META-INF/"
SIMPLE: Final = "application/vnd.etsi.asic-s+zip"
EXTENDED: Final = "application/vnd.etsi.asic-e+zip"
MOST_SIGNATURES: Final = 32

_SIGNATURE = re.compile(r"META-INF/[^/]*signature[^/]*\.p7[sm]", re.IGNORECASE)
_MANIFEST = re.compile(r"META-INF/ASiCManifest[^/]*\.xml", re.IGNORECASE)
_XML_SIGNATURE = re.compile(r"META-INF/[^/]*signatures[^/]*\.xml", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Covered:
    """One signature file: the bytes that it signs, and what these say about the other files."""

    signature: bytes
    content: bytes
    files: tuple[FileDigest, ...] = ()
    """From the manifest; empty when the content is the signed file itself."""
    name: str = ""
    """The signed file's name when the content is the file itself."""


@dataclass(frozen=True, kw_only=True)
class Container:
    form: str
    """asic-s or asic-e."""
    files: dict[str, bytes]
    """What people put in: neither the mark of the kind nor META-INF."""
    signatures: tuple[Covered, ...]

    @classmethod
    def parse(cls, archive: bytes, /) -> "Container":
        found = unpacked(archive)
        files = {name: body for name, body in found.items() if name != MIME_TYPE and not name.startswith(META)}
        signatures = {name: body for name, body in found.items() if _SIGNATURE.fullmatch(name)}
        if not files:
            raise Unreadable("asic.no_files")
        if not signatures:
            raise Unreadable("asic.only_xml" if any(map(_XML_SIGNATURE.fullmatch, found)) else "asic.no_signatures")
        if len(signatures) > MOST_SIGNATURES:
            raise Unreadable("asic.too_many_signatures", count=len(signatures), most=MOST_SIGNATURES)
        manifests = [body for name, body in found.items() if _MANIFEST.fullmatch(name)]
        form = _form(found.get(MIME_TYPE), has_manifests=bool(manifests))
        covered = _simple(files, signatures) if form == "asic-s" else _extended(signatures, manifests)
        return cls(form=form, files=files, signatures=covered)


def _form(mime_type: bytes | None, *, has_manifests: bool) -> str:
    """The archive says its kind; one that does not is told by its manifests."""
    said = (mime_type or b"").decode("ascii", "replace").strip()
    kinds = {SIMPLE: "asic-s", EXTENDED: "asic-e", "": "asic-e" if has_manifests else "asic-s"}
    if said not in kinds:
        raise Unreadable("asic.other_kind", found=said[:100])
    return kinds[said]


def _simple(files: dict[str, bytes], signatures: dict[str, bytes]) -> tuple[Covered, ...]:
    if len(files) != 1:
        raise Unreadable("asic.one_file_expected", count=len(files))
    ((name, content),) = files.items()
    return tuple(Covered(signature=signature, content=content, name=name) for signature in signatures.values())


def _extended(signatures: dict[str, bytes], manifests: list[bytes]) -> tuple[Covered, ...]:
    read = [(Manifest.parse(body), body) for body in manifests]
    named = [manifest.signature for manifest, _ in read]
    if sorted(named) != sorted(signatures):
        raise Unreadable("asic.manifests", signatures=len(signatures), manifests=len(manifests))
    return tuple(
        Covered(signature=signatures[manifest.signature], content=body, files=manifest.files) for manifest, body in read
    )
