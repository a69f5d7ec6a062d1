"""The note beside a signed file (`x.p7s.json`): over which file, as of when and by what it was once found good.

Whoever kept the file wrote it, as e-DEM's bundles do. It can only name files of its own folder, and nothing in it is
believed: issuers' words are checked by their signatures, and the moment is printed as the note's own word.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from edem.kernel.kep.certificates.bundle import certificates_in
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.verifying import NO_EVIDENCE, Evidence

LONGEST: Final = 64 * 1024
MOST_FILES: Final = 64


@dataclass(frozen=True, kw_only=True)
class Note:
    content: bytes | None = None
    at: datetime | None = None
    evidence: Evidence = NO_EVIDENCE


NO_NOTE: Final = Note()


def note_beside(file: Path) -> Note:
    """Raises OSError for a file that is named and not there, Unreadable for a note that is none."""
    path = file.with_name(f"{file.name}.json")
    if not path.is_file():
        return NO_NOTE
    if path.stat().st_size > LONGEST:
        raise Unreadable("note.too_long", most=LONGEST)
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        at = datetime.fromisoformat(told["at"])
        content, named = str(told["content"]), [str(each) for each in told["evidence"]][:MOST_FILES]
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise Unreadable("note.malformed") from fault
    if at.tzinfo is None:
        raise Unreadable("note.malformed")
    inside = path.resolve().parent.parent
    return Note(content=_read(path, content, inside), at=at, evidence=_evidence(path, named, inside))


def _evidence(note: Path, named: list[str], inside: Path) -> Evidence:
    pieces = [(Path(name).suffix, _read(note, name, inside)) for name in named]
    certificates = [each.der for kind, piece in pieces if kind == ".cer" for each in certificates_in(piece)]
    return Evidence(
        certificates=tuple(certificates),
        crls=tuple(piece for kind, piece in pieces if kind == ".crl"),
        ocsp=tuple(piece for kind, piece in pieces if kind == ".ors"),
    )


def _read(note: Path, name: str, inside: Path) -> bytes:
    """A stranger's bundle may ask for no file outside itself."""
    path = (note.parent / name).resolve()
    if not path.is_relative_to(inside) or (path.exists() and not path.is_file()):
        raise Unreadable("note.outside", name=name)
    return path.read_bytes()
