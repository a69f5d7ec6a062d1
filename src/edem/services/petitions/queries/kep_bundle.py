"""The bundle of signatures by КЕП: texts, signed files, what each check stood on, and how to check it all elsewhere."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from edem.foundation.identity.signatures.trusted import ENDINGS
from edem.kernel.deadlines import KYIV
from edem.kernel.ukrainian import N_
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.council_bundle import plain
from edem.services.petitions.queries.export_papers import Progress
from edem.services.petitions.queries.kep import Signed, proofs_named, proofs_of, signed_files, texts_signed
from edem.services.petitions.rules.kep_readme import readme_of

_HEADINGS: Final = (N_("№"), N_("Ім’я"), N_("Коли"), N_("Файл"), "SHA-256", N_("Текст"), N_("Алгоритм"), N_("Надавач"))
_NOT_GIVEN: Final = N_("підписант не передає файл автору")


def bundle(petition: Petition, *, for_author: bool = False, told: Progress) -> Iterator[tuple[str, bytes]]:
    """The name and content of each file; the checksums are the packer's. The author gets files of those who agreed."""
    names = text_names(petition)
    yield from names.values()
    rows: list[Sequence[object]] = []
    proofs, leaned_on = proofs_of(petition), set[str]()
    for place, each in enumerate(signed_files(petition), start=1):
        text = names[each.text_sha256][0]
        if for_author and not each.is_for_author:
            rows.append(row_of(each, file=_(_NOT_GIVEN), text=text))
        else:
            name = f"signatures/{each.ordinal:06}{ending_of(each.content)}"
            rows.append(row_of(each, file=name, text=text))
            yield name, each.content
            yield f"{name}.json", note_of(each, text=text, proofs=proofs)
            leaned_on.update(each.leans_on)
        told(place)
    yield "signatures.csv", table_of(rows)
    for proof in proofs_named(petition, leaned_on):
        yield f"evidence/{proofs[proof.sha256]}", bytes(proof.content)
    yield from trusted_roots()
    yield "README.txt", readme_of(petition.number or petition.pk, petition.title, for_author=for_author).encode()


def text_names(petition: Petition) -> dict[str, tuple[str, bytes]]:
    """By checksum: two texts of one edition, should the form of the text ever change, keep names of their own."""
    names: dict[str, tuple[str, bytes]] = {}
    taken: set[str] = set()
    for text in texts_signed(petition):
        name = f"text-{text.edition}.txt"
        name = name if name not in taken else f"text-{text.edition}-{text.sha256[:8]}.txt"
        taken.add(name)
        names[text.sha256] = (name, text.content.encode())
    return names


def ending_of(content: bytes) -> str:
    """A container with the text inside is a ZIP."""
    return ".asice" if content.startswith(b"PK") else ".p7s"


def note_of(each: Signed, *, text: str, proofs: Mapping[str, str]) -> bytes:
    """For the checking program: over which text, as of when, and which words of issuers belong to it."""
    note = {
        "content": f"../{text}",
        "at": each.at.astimezone(KYIV).isoformat(),
        "evidence": [f"../evidence/{proofs[sha256]}" for sha256 in each.leans_on],
    }
    return json.dumps(note, indent=1).encode()


def row_of(each: Signed, *, file: str, text: str) -> Sequence[object]:
    at = each.at.astimezone(KYIV).isoformat(timespec="seconds")
    return (each.ordinal, each.public_name, at, file, each.sha256, text, each.algorithm, each.issuer)


def table_of(rows: Sequence[Sequence[object]]) -> bytes:
    """With a byte-order mark: without it spreadsheets misread Ukrainian letters."""
    written = StringIO("\ufeff")
    written.seek(0, 2)
    lines = csv.writer(written)
    lines.writerow([_(heading) for heading in _HEADINGS])
    lines.writerows([plain(cell) for cell in row] for row in rows)
    return written.getvalue().encode()


def trusted_roots() -> Iterator[tuple[str, bytes]]:
    folder: Path | None = settings.EDEM.trust_dir
    for path in sorted(folder.iterdir()) if folder else ():
        if path.suffix.lower() in ENDINGS:
            yield f"trust/{path.name}", path.read_bytes()
