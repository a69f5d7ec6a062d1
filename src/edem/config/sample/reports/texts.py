"""Reads what people wrote about problem reports: subjects, the councils' decisions, the invented matrix, stories."""

from functools import cache
from typing import Any, Literal

from edem.config.sample.reading import Content, read_toml

Season = Literal["any", "spring", "summer", "winter", "snow", "storm"]
Fate = Literal[
    "solved",
    "confirmed",
    "denied",
    "doubted",
    "reopened",
    "waiting_for_word",
    "explained",
    "impossible",
    "not_ours",
    "passed_on",
    "late",
    "forgotten",
    "stuck",
    "accepted",
    "fresh",
    "checking",
    "rejected",
    "taken_up_again",
    "self_organised",
]


class SubjectText(Content):
    """One kind of trouble: what people say of it and what is answered."""

    code: str
    scene: str
    weight: int
    season: Season
    days: tuple[int, int]
    """From publication to the work done."""
    titles: tuple[str, ...]
    what: tuple[str, ...]
    detail: tuple[str, ...]
    ask: tuple[str, ...]
    done: tuple[str, ...]


class Words(Content):
    explained: tuple[str, ...]
    impossible: tuple[str, ...]
    not_ours: tuple[str, ...]
    returned: tuple[str, ...]
    executors: tuple[str, ...]
    asked: tuple[str, ...]
    replied: tuple[str, ...]
    planned: tuple[str, ...]
    again: tuple[str, ...]
    agreed: tuple[str, ...]
    refused_content: tuple[str, ...]
    openers: tuple[str, ...]
    closers: tuple[str, ...]


class Decision(Content):
    after: int
    """Days from the first decision on petitions."""
    number: str
    title: str
    values: dict[str, Any]
    clauses: dict[str, str]


class MatrixLine(Content):
    code: str = ""
    main: str
    also: tuple[str, ...] = ()
    substitute: str = ""
    village: bool = False
    note: str = ""

    def fits(self, code: str, *, in_village: bool) -> bool:
        under = not self.code or code == self.code or code.startswith(f"{self.code}.")
        return under and (in_village or not self.village)


class StoryText(Content):
    """A report of which the guide speaks; `ago` is in days."""

    code: str
    key: str
    author: str
    place: str
    street: str
    house: int
    title: str
    text: str
    ago: int
    fate: Fate
    voices: int
    says: tuple[str, ...] = ()
    """What neighbours write under it."""
    twins: tuple[str, ...] = ()
    """What others wrote of the same thing; the moderator has put them together."""


class OpenCityText(Content):
    """Everything about one community's reports."""

    days: int
    """For so many days people have written."""
    count: int
    subjects: tuple[str, ...]
    decision: Decision
    matrix: tuple[MatrixLine, ...]
    story: tuple[StoryText, ...]

    def line_for(self, code: str, *, in_village: bool) -> MatrixLine:
        return next(each for each in self.matrix if each.fits(code, in_village=in_village))


@cache
def open_city(slug: str) -> OpenCityText:
    return OpenCityText.model_validate(read_toml(f"texts/reports/{slug}.toml"))


@cache
def subjects(*files: str) -> tuple[SubjectText, ...]:
    return tuple(
        SubjectText.model_validate(each)
        for name in files
        for each in read_toml(f"texts/reports/{name}.toml")["subject"]
    )


@cache
def words() -> Words:
    return Words.model_validate(read_toml("texts/reports/words.toml"))
