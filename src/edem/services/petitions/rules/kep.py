"""What a resident signs when they sign a petition by КЕП: one text, the same to the byte for everybody. Pure."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

CHANNEL: Final = "kep"
"""Signatures over the text are counted apart from those of people who only signed in by КЕП."""
WAYS_OF_KEP: Final = ("kep_file", "dig_sign", "kep_widget")
"""How signing in by КЕП is called where a council says which ways count: a signature over the text is as sure."""

_FORM: Final = """\
ПІДПИС ПІД ЕЛЕКТРОННОЮ ПЕТИЦІЄЮ

Громада: {community}
Код громади (КАТОТТГ): {katottg}
Петиція № {number}
Редакція тексту: {edition}
Назва: {title}

ПРО ЩО ПРОСИМО

{demand}

ЧОМУ ЦЕ ВАЖЛИВО

{essence}

ЗАЯВА

Я підтримую цю петицію і погоджуюся, що моє ім’я буде у відкритому списку підписантів
(стаття 23-1 Закону України «Про звернення громадян»).
"""
"""It is what was signed, so it is never translated; a change here makes a new text and takes nothing from the old."""


@dataclass(frozen=True, kw_only=True)
class Worded:
    """What the text is made of."""

    community: str
    katottg: str
    number: int
    edition: int
    title: str
    demand: str
    essence: str


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The text itself and its checksum."""

    edition: int
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def wording_of(worded: Worded) -> Wording:
    """UTF-8 without a mark, composed letters, lines ended by one sign, none of them with spaces at its end."""
    text = _FORM.format(
        community=_line(worded.community),
        katottg=_line(worded.katottg),
        number=worded.number,
        edition=worded.edition,
        title=_line(worded.title),
        demand=_lines(worded.demand),
        essence=_lines(worded.essence),
    )
    return Wording(edition=worded.edition, content=unicodedata.normalize("NFC", text).encode())


def assurance_for(counted: Collection[str]) -> str:
    """Under the name by which the council counts КЕП; a council that counts every way has no say in it."""
    return next((way for way in WAYS_OF_KEP if way in counted), WAYS_OF_KEP[0])


def _line(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
