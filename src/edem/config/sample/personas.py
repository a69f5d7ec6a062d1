"""The memorable people whom one may be in the sign-in sandbox, each with something to try."""

from datetime import date
from functools import cache
from typing import Final, Literal
from uuid import UUID, uuid5

from edem.config.sample.names import FullName
from edem.config.sample.numbers import phone, tax_number
from edem.config.sample.reading import CommunityText, Content, read_toml
from edem.config.sample.residents import SampleResident

_SPACE: Final = UUID("6f1d0c6e-52c5-4f0a-9b0e-6d1b6f5c8a11")
"""Personas keep their ids from one seed to the next."""


class PersonaText(Content):
    id: str
    community: str
    member: bool = True
    lastname: str
    givenname: str
    middlename: str
    gender: Literal["female", "male"]
    born: date | None = None
    age: int | None = None
    place: str
    address: str
    locality: str = ""
    """As registered, when that is not where they live."""
    state: str = ""
    way_in: str
    passport: str = ""
    tax_number_in: Literal["drfocode", "edrpoucode"] = "drfocode"
    basis: Literal["registered", "displaced"] = "registered"
    signed: tuple[str, ...] = ()
    about: str
    try_: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        return f"{self.givenname} {self.lastname}"

    def birth_date(self, today: date) -> date:
        if self.born is not None:
            return self.born
        return date(today.year - (self.age or 0), 1, 1)

    def tax_number(self, today: date) -> str:
        """Empty for whoever has none and shows a passport instead."""
        if self.passport:
            return ""
        series = 9700 + 2 * (_order(self.id) % 100) + (self.gender == "male")
        return tax_number(self.birth_date(today), series)


@cache
def personas() -> tuple[PersonaText, ...]:
    records = read_toml("personas.toml")["persona"]
    return tuple(PersonaText.model_validate(_without_reserved(each)) for each in records)


def personas_of(slug: str) -> tuple[PersonaText, ...]:
    return tuple(each for each in personas() if each.community == slug)


def persona_resident(persona: PersonaText, text: CommunityText, *, today: date) -> SampleResident:
    place = text.place_named(persona.place)
    if place is None:
        raise LookupError(f"{persona.id} lives nowhere in {text.slug}")
    return SampleResident(
        id=uuid5(_SPACE, persona.id),
        name=FullName(surname=persona.lastname, given=persona.givenname, patronymic=persona.middlename),
        gender=persona.gender,
        born=persona.birth_date(today),
        tax_number=persona.tax_number(today),
        place=place.code,
        settlement=place.settlement,
        settlement_code=text.settlement_code(place.settlement),
        address=persona.address,
        phone=persona_phone(persona),
        way_in=persona.way_in,
        key=persona.id,
    )


def persona_phone(persona: PersonaText) -> str:
    return phone(9_000_000 + _order(persona.id))


def _order(key: str) -> int:
    return next(number for number, each in enumerate(personas()) if each.id == key)


def _without_reserved(record: object) -> object:
    """`try` is a word of Python's own."""
    if not isinstance(record, dict):
        return record
    return {("try_" if name == "try" else name): value for name, value in record.items()}
