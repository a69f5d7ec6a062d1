"""Which files the platform takes, told by their content and never by their name. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from errno import EDQUOT, ENOSPC
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import N_


class Kind(StrEnum):
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"
    WEBP = "webp"
    HEIC = "heic"
    """Only taken, never kept: it becomes a JPEG, which every browser shows."""
    MP4 = "mp4"
    WEBM = "webm"
    MOV = "mov"
    DOCX = "docx"
    XLSX = "xlsx"
    ZIP = "zip"
    """Only made here, never taken from anybody: ANY has none."""


@dataclass(frozen=True)
class KindLook:
    content_type: str
    largest: int
    is_shown: bool = False
    """A browser may show it on its own; anything else is only saved."""


_MB = 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument."

KINDS = {
    Kind.PDF: KindLook("application/pdf", 20 * _MB),
    Kind.PNG: KindLook("image/png", 15 * _MB, is_shown=True),
    Kind.JPEG: KindLook("image/jpeg", 15 * _MB, is_shown=True),
    Kind.WEBP: KindLook("image/webp", 15 * _MB, is_shown=True),
    Kind.HEIC: KindLook("image/heic", 15 * _MB),
    Kind.MP4: KindLook("video/mp4", 100 * _MB, is_shown=True),
    Kind.WEBM: KindLook("video/webm", 100 * _MB, is_shown=True),
    Kind.MOV: KindLook("video/quicktime", 100 * _MB, is_shown=True),
    Kind.DOCX: KindLook(f"{_OFFICE}wordprocessingml.document", 10 * _MB),
    Kind.XLSX: KindLook(f"{_OFFICE}spreadsheetml.sheet", 10 * _MB),
    Kind.ZIP: KindLook("application/zip", 0),
}
IMAGES = frozenset({Kind.PNG, Kind.JPEG, Kind.WEBP, Kind.HEIC})
VIDEOS = frozenset({Kind.MP4, Kind.WEBM, Kind.MOV})
PAPERS = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX})
ANY = IMAGES | PAPERS
LARGEST = max(look.largest for look in KINDS.values())

_MOST_PARTS, _LARGEST_UNPACKED = 5_000, 200 * _MB
_LONGEST_NAME = 100
_NAMELESS = N_("файл")
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
_FORBIDDEN_IN_NAMES = re.compile(r'[<>:"|?*]+')


def kind_of(content: bytes) -> Kind | None:
    """None for what is not one of the kinds, or only pretends to be."""
    if content.startswith(b"%PDF-"):
        return Kind.PDF if b"%%EOF" in content[-2048:] else None
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return Kind.HEIC
    return _office_kind(content) if content.startswith(b"PK\x03\x04") else None


def check_may_take(content: bytes, *, accept: frozenset[Kind]) -> Kind:
    if not content:
        raise Invalid("files.empty")
    kind = kind_of(content)
    if kind is None or kind not in accept:
        raise Invalid("files.kind_not_taken", kinds=", ".join(sorted(accept)))
    if len(content) > KINDS[kind].largest:
        raise Invalid("files.too_big", megabytes=KINDS[kind].largest // _MB)
    return kind


def megabytes_at_most(accept: frozenset[Kind]) -> int:
    return max(KINDS[kind].largest for kind in accept) // _MB


def shown_name(name: str, kind: Kind) -> str:
    """The name as people see it: without a path, without signs that deceive, with the ending of its true kind."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    stem = plain.rpartition(".")[0] or plain
    tidy = _FORBIDDEN_IN_NAMES.sub("_", " ".join(stem.split())).strip(". ")
    return f"{tidy[:_LONGEST_NAME].rstrip() or _NAMELESS}.{kind.value}"


def is_without_room(error: BaseException) -> bool:
    """The disk, or the share of it that is ours, is full."""
    return isinstance(error, OSError) and error.errno in {ENOSPC, EDQUOT}


def _office_kind(content: bytes) -> Kind | None:
    """Only a look into the list of parts; nothing is unpacked."""
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        return None
    names = {part.filename for part in parts}
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        return None
    if "[Content_Types].xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        return None
    main = {"word/document.xml": Kind.DOCX, "xl/workbook.xml": Kind.XLSX}
    return next((kind for name, kind in main.items() if name in names), None)
