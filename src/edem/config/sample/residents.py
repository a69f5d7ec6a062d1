"""Residents of a sample community: who they are, where they live, when they were born."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final
from uuid import UUID

from edem.config.sample.names import FullName, Gender, full_name
from edem.config.sample.numbers import fictional_series, phone, tax_number
from edem.config.sample.reading import CommunityText, NameBook, Place

_AGES = ((16, 24, 9), (25, 34, 19), (35, 44, 26), (45, 54, 20), (55, 64, 15), (65, 74, 9), (75, 86, 2))
"""From, to, share: who uses such a platform, not the whole population."""
AGES_AS_OF: Final = date(2026, 1, 1)
"""People are born once: their numbers must be the same on whatever day the sample is made."""
_WAYS_IN = (("bank_id", 55), ("diia_id", 26), ("dig_sign", 14), ("mobile_id", 5))


@dataclass(frozen=True, kw_only=True)
class SampleResident:
    id: UUID
    name: FullName
    gender: Gender
    born: date
    tax_number: str
    place: str
    settlement: str
    settlement_code: str
    address: str
    phone: str
    way_in: str
    """How they sign in: an `auth_type` of id.gov.ua."""
    key: str = ""
    """For a persona: the name by which texts mention them."""


def make_residents(
    rng: Random, text: CommunityText, *, book: NameBook, reserved: frozenset[str]
) -> list[SampleResident]:
    taken: set[str] = set()
    residents: list[SampleResident] = []
    while len(residents) < text.residents:
        resident = make_resident(rng, text, book=book, reserved=reserved)
        if resident.tax_number not in taken:
            taken.add(resident.tax_number)
            residents.append(resident)
    return residents


def make_resident(rng: Random, text: CommunityText, *, book: NameBook, reserved: frozenset[str]) -> SampleResident:
    gender: Gender = "female" if rng.random() < 0.58 else "male"
    born = birth_date(rng)
    place = rng.choices(text.place, weights=[each.weight for each in text.place])[0]
    return SampleResident(
        id=UUID(int=rng.getrandbits(128), version=4),
        name=full_name(rng, book, gender=gender, born=born.year, reserved=reserved),
        gender=gender,
        born=born,
        tax_number=tax_number(born, fictional_series(rng, gender=gender)),
        place=place.code,
        settlement=place.settlement,
        settlement_code=text.settlement_code(place.settlement),
        address=address(rng, place),
        phone=phone(rng.randrange(10_000_000)),
        way_in=rng.choices([way for way, _ in _WAYS_IN], weights=[share for _, share in _WAYS_IN])[0],
    )


def birth_date(rng: Random) -> date:
    youngest, oldest, _ = rng.choices(_AGES, weights=[share for *_, share in _AGES])[0]
    years = rng.randint(youngest, oldest)
    return AGES_AS_OF - timedelta(days=int(years * 365.25) + rng.randrange(365))


def address(rng: Random, place: Place) -> str:
    house = rng.randint(1, 64)
    line = f"{rng.choice(place.streets)}, буд. {house}"
    if place.flats and rng.random() < 0.8:
        return f"{line}, кв. {rng.randint(1, 108)}"
    return line
