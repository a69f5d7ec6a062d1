"""What a backup says about itself. A file without a readable manifest is no backup of ours."""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from tools.stops import Stopped

FORM = "e-DEM backup 1"
MANIFEST, DATABASE, FILES = "manifest.json", "database.dump", "files/"
PIECE = 1024 * 1024

# Inside the folder of files, which may be a mounted volume: it cannot be renamed itself.
RESTORING, BEFORE = ".restoring", ".before-restore"

NOT_OURS = "is not a backup of e-DEM, or it is cut short or damaged. Nothing was changed."


@dataclass(frozen=True, kw_only=True)
class Manifest:
    taken_at: str
    server: str
    """PostgreSQL's version that the dump was taken from."""
    migrations: list[str]
    """«app.name» of every migration that the database had."""
    rows: Mapping[str, int]
    """Of every table, in the very snapshot that was dumped."""
    hashes: Mapping[str, str]
    """SHA-256 of every member of the file."""
    form: str = FORM

    def written(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)


def read_manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    try:
        told = json.loads(archive.read(MANIFEST))
        if told["form"] != FORM:
            raise Stopped(f"{file.name} was written by another version of e-DEM ({told['form']}). Nothing was changed.")
        return Manifest(**told)
    except (KeyError, ValueError, TypeError) as fault:
        raise Stopped(f"{file.name} {NOT_OURS}") from fault


def check_whole(archive: zipfile.ZipFile, manifest: Manifest, file: Path) -> None:
    """Every member is there, none is more, each is byte for byte what was written."""
    members = {name for name in archive.namelist() if name != MANIFEST}
    if members != set(manifest.hashes):
        raise Stopped(f"{file.name} {NOT_OURS}")
    for name, expected in manifest.hashes.items():
        if not is_safe(name) or hash_of(archive, name) != expected:
            raise Stopped(f"{file.name} {NOT_OURS}")


def hash_of(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as member:
            for piece in pieces(member):
                digest.update(piece)
    except (zipfile.BadZipFile, EOFError, OSError):
        return ""
    return digest.hexdigest()


def is_safe(name: str) -> bool:
    """A member never leads out of the folder it is put into."""
    return name == DATABASE or (name.startswith(FILES) and ".." not in name.split("/") and "\\" not in name)


def pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(PIECE):
        yield piece
