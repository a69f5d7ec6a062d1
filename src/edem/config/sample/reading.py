"""Reads the content that people wrote: communities, names and petitions, as typed and frozen models."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

FOLDER: Final = Path(__file__).parent

Curve = Literal["burst", "spike", "steady", "slow", "tail"]
Kind = Literal[
    "draft",
    "moderating",
    "returned",
    "refused",
    "withdrawn",
    "collecting",
    "reached",
    "handed_over",
    "considering",
    "answered",
    "fulfilling",
    "fulfilled",
    "unfulfilled",
    "appeal",
    "appeal_answered",
]


class Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class PlanItem(Content):
    """One point of the plan; `due` and `done` are days after the answer."""

    what: str
    due: int
    done: int | None = None
    evidence: str = ""
    amount: int | None = None
    """In hryvnias."""


class AnswerText(Content):
    decision: Literal["supported", "partly", "declined"]
    body: str
    text: str
    plan: tuple[PlanItem, ...] = ()
    outcome: str = ""
    """Why it was not carried out, when it was not."""


class Story(Content):
    """Where the petition stands today. Days are counted back from today, or forward within the story."""

    kind: Kind
    curve: Curve = "burst"
    signatures: int = 0
    hearings: bool = False
    started: int = 0
    submitted: int = 0
    returned: int = 0
    refused: int = 0
    withdrawn: int = 0
    published: int = 0
    took: int = 0
    handed: int = 0
    announced: int = 0
    considered: int = 0
    answered: int = 0
    ended: int = 0
    after: int = 0


class PetitionText(Content):
    key: str
    title: str
    category: str
    place: str = ""
    author: str = ""
    essence: str
    asks: str
    ground: str = ""
    note: str = ""
    story: Story
    answer: AnswerText | None = None


class Settlement(Content):
    name: str
    kind: str
    code: str


class DistrictText(Content):
    name: str
    settlements: tuple[str, ...]


class Place(Content):
    """Where people live: a part of the city or a village."""

    code: str
    at: tuple[float, float]
    """Latitude and longitude of its middle, as invented as the place."""
    radius: int
    """In metres."""
    district: str
    settlement: str
    weight: int
    flats: bool
    streets: tuple[str, ...]


class OrganisationText(Content):
    code: str
    name: str
    kind: str


class StaffText(Content):
    login: str
    name: str
    role: str
    organisation: str
    does: str


class CommunityText(Content):
    slug: str
    katottg: str
    name: str
    name_genitive: str
    name_locative: str
    council_name: str
    council_name_genitive: str
    oblast: str
    oblast_code: str
    raion: str
    raion_code: str
    population: int
    accent: str
    languages: tuple[str, ...]
    cnap_address: str
    contact_email: str
    contact_phone: str
    website: str
    residents: int
    mail: str
    texts: tuple[str, ...]
    settlement: tuple[Settlement, ...]
    district: tuple[DistrictText, ...]
    place: tuple[Place, ...]
    organisation: tuple[OrganisationText, ...]
    staff: tuple[StaffText, ...]

    def settlement_code(self, name: str) -> str:
        return next(each.code for each in self.settlement if each.name == name)

    def place_named(self, code: str) -> Place | None:
        return next((each for each in self.place if each.code == code), None)


class Generation(Content):
    """The names that were given until a year of birth, the frequent ones first."""

    until: int
    names: tuple[str, ...]


class NameBook(Content):
    surnames: tuple[str, ...]
    paired_surnames: tuple[tuple[str, str], ...]
    famous: frozenset[str]
    female: tuple[Generation, ...]
    male: tuple[Generation, ...]
    patronymics: dict[str, tuple[str, str]]


@cache
def community_text(slug: str) -> CommunityText:
    return CommunityText.model_validate(read_toml(f"communities/{slug}.toml"))


@cache
def petition_texts(*themes: str) -> tuple[PetitionText, ...]:
    return tuple(
        PetitionText.model_validate(each) for theme in themes for each in read_toml(f"texts/{theme}.toml")["petition"]
    )


@cache
def name_book() -> NameBook:
    return NameBook.model_validate(read_toml("names.toml"))


def read_toml(name: str) -> dict[str, list[object]]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
