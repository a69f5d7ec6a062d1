"""What the demo's first page says about its people in English; Ukrainian stands with the people themselves."""

from functools import cache

from pydantic import Field

from edem.config.sample.reading import Content, read_toml


class ResidentWords(Content):
    about: str
    try_: tuple[str, ...] = Field(alias="try")


class GuideWords(Content):
    places: dict[str, str]
    residents: dict[str, ResidentWords]
    staff: dict[str, str]
    """What each does, by login."""


@cache
def english_words() -> GuideWords:
    return GuideWords.model_validate(read_toml("guide_en.toml"))
