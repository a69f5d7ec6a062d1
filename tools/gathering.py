"""Gathers every marked string into the catalogues. Runs inside the environment: `python -m tools.gathering`."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tools.places import CATALOGUES, SOURCES

LANGUAGES = ("uk", "en")
KEYWORDS: dict[str, Any] = DEFAULT_KEYWORDS | {
    "N_": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = "# e-DEM. Written by ./edem messages; the translations are ours, under the project's own licence."
NOBODY = {"msgid_bugs_address": "-", "last_translator": "-", "language_team": "-"}
NOT_FOR_PEOPLE = {"tests", "testing", "migrations", "new_service"}


def sources() -> Iterator[tuple[Path, bytes]]:
    """Python as it is, and templates as Django turns them into something that reads like Python."""
    for path in sorted(SOURCES.rglob("*")):
        if NOT_FOR_PEOPLE & set(path.parts):
            continue
        if path.suffix == ".py":
            yield path, path.read_bytes()
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            yield path, templatize(path.read_text(encoding="utf-8"), origin=str(path)).encode()


def gathered() -> Catalog:
    catalog = Catalog(project="e-DEM", charset="utf-8")
    for path, content in sources():
        place = path.relative_to(SOURCES).as_posix()
        for _line, message, _comments, context in extract("python", BytesIO(content), keywords=KEYWORDS):
            catalog.add(message, context=context, locations=[(place, 1)])
    return catalog


def path_of(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "django.po"


def update(language: str, template: Catalog) -> list[str]:
    """Bring one catalogue up to date, keep its translations; returns what still has none."""
    file = path_of(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    known = read(file, language)
    known.update(template, no_fuzzy_matching=True, update_creation_date=False)
    with file.open("wb") as target:
        write_po(target, known, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return [str(message.id) for message in known if message.id and needs_words(language, message)]


def read(file: Path, language: str) -> Catalog:
    if not file.exists():
        return Catalog(locale=language, header_comment=HEADER, project="e-DEM", charset="utf-8", fuzzy=False, **NOBODY)
    with file.open("rb") as source:
        return read_po(source, locale=language)


def needs_words(language: str, message: Any) -> bool:
    """A Ukrainian source string speaks for itself, unless it is counted."""
    if message.pluralizable:
        return not all(message.string)
    return language != "uk" and not message.string


if __name__ == "__main__":
    found = gathered()
    for each in LANGUAGES:
        missing = update(each, found)
        print(f"{each}: {len(found)} strings, {len(missing)} without a translation")
        for words in missing:
            print(f"  {words}")
