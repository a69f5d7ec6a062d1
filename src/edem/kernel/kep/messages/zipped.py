"""A ZIP archive from a stranger: few files, of bounded size, with honest names. Everything is read into memory once."""

import io
import zipfile
import zlib
from typing import Final

from edem.kernel.kep.errors import Unreadable

BEGINS: Final = b"PK\x03\x04"
MOST_FILES: Final = 256
MOST_BYTES: Final = 64 * 2**20
"""Of everything together, unpacked."""
MOST_NAME: Final = 512
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CHUNK = 2**20


def is_archive(upload: bytes) -> bool:
    return upload.startswith(BEGINS)


def unpacked(archive: bytes, *, most: int = MOST_BYTES) -> dict[str, bytes]:
    """Name → content, in the order of the archive; folders are left out."""
    if not is_archive(archive):
        raise Unreadable("zip.not_an_archive")
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            return _contents(opened, most=most)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as fault:
        # What zipfile raises for broken bytes is not one family of exceptions.
        raise Unreadable("zip.broken") from fault
    except (UnicodeDecodeError, OverflowError, RuntimeError) as fault:
        raise Unreadable("zip.broken") from fault


def _contents(opened: zipfile.ZipFile, *, most: int) -> dict[str, bytes]:
    entries = opened.infolist()
    if len(entries) > MOST_FILES:
        raise Unreadable("zip.too_many_files", count=len(entries), most=MOST_FILES)
    contents: dict[str, bytes] = {}
    seen: set[str] = set()
    left = most
    for entry in entries:
        _check_entry(entry)
        # Windows and macOS take names that differ in case alone for one file.
        if entry.filename.casefold() in seen:
            raise Unreadable("zip.name_repeated", name=entry.filename)
        seen.add(entry.filename.casefold())
        if entry.is_dir():
            continue
        contents[entry.filename] = _content(opened, entry, most=left)
        left -= len(contents[entry.filename])
    return contents


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable("zip.encrypted", name=entry.filename)
    if entry.compress_type not in _METHODS:
        raise Unreadable("zip.unknown_method", method=entry.compress_type)
    # zipfile cuts a name at NUL and turns the system's separator: what it read must be what stands there.
    name = entry.orig_filename
    parts = name.removesuffix("/").split("/")
    dishonest = name != entry.filename or not name.isprintable() or "\\" in name or ":" in parts[0]
    if dishonest or len(name) > MOST_NAME or any(part in ("", ".", "..") for part in parts):
        raise Unreadable("zip.bad_name", name=name[:MOST_NAME])


def _content(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, *, most: int) -> bytes:
    """What is said about the size is not believed: reading stops where the bound is."""
    if entry.file_size > most:
        raise Unreadable("zip.too_big", most=most)
    content = bytearray()
    with opened.open(entry) as stream:
        while chunk := stream.read(min(_CHUNK, most + 1 - len(content))):
            content += chunk
            if len(content) > most:
                raise Unreadable("zip.too_big", most=most)
    return bytes(content)
