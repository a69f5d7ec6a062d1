"""The national list of communities with population, as the registers publish it: rows, checked. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from edem.foundation.communities.names import KINDS, SPECIAL_CITIES, Names, is_adjective, names_of
from edem.foundation.places.tables import Fault, Row, read_table
from edem.kernel.errors import Invalid, Refused
from edem.kernel.ukrainian import normalise, number_from, slug

COLUMNS = {
    "code": "katottg",
    "name": "name",
    "kind": "type",
    "raion": "raion",
    "oblast": "oblast",
    "population": "population_2022",
}
_CODE = re.compile(r"UA\d{17}", re.ASCII)
_NOT_GIVEN = ("", "NA")
_LONGEST_NAME = 80
_LARGEST_POPULATION = 10_000_000


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One community of the list."""

    code: str
    adjective: str
    kind: str
    raion: str
    oblast: str
    population: int | None
    names: Names


@dataclass(frozen=True)
class NationalList:
    listed: Sequence[Listed]
    faults: Sequence[Fault]


def read_national_list(content: bytes) -> NationalList:
    table = read_table(content, columns=COLUMNS)
    listed: dict[str, Listed] = {}
    faults = list(table.faults)
    for row in table.rows:
        try:
            one = _listed(row)
            if one.code in listed:
                raise Invalid("communities.twice", katottg=one.code)
        except Refused as refusal:
            faults.append(Fault(row.line, refusal))
        else:
            listed[one.code] = one
    return NationalList(list(listed.values()), sorted(faults, key=lambda fault: fault.line))


def special_city(code: str, city: str) -> Listed:
    """Kyiv and Sevastopol are communities too, but no list of communities has them."""
    names = SPECIAL_CITIES[city]
    return Listed(code=code, adjective=city, kind="міська", raion="", oblast=city, population=None, names=names)


def slugs_of(listed: Sequence[Listed], *, taken: Iterable[str]) -> dict[str, str]:
    """Code → address. Of those with one name the city has it bare, the rest say their raion or oblast too."""
    bare = Counter(slug(one.adjective) for one in listed)
    cities = Counter(slug(one.adjective) for one in listed if one.kind == "міська")
    used = set(taken)
    given: dict[str, str] = {}
    for one in listed:
        base = slug(one.adjective)
        is_only_city = one.kind == "міська" and cities[base] == 1
        full = f"{base}-{slug(one.oblast)}"
        candidates = [base] if bare[base] == 1 or is_only_city else []
        candidates += [full, f"{full}-{slug(one.raion)}", f"{base}-{one.code[-5:]}", f"{base}-{one.code[2:].lower()}"]
        given[one.code] = next(each for each in candidates if each not in used)
        used.add(given[one.code])
    return given


def _listed(row: Row) -> Listed:
    cells = {name: normalise(" ".join(text.split())) for name, text in row.cells.items()}
    code, name, kind = row.cells["code"], cells["name"], cells["kind"]
    if not _CODE.fullmatch(code):
        raise Invalid("communities.code", katottg=code[:40])
    if not is_adjective(name) or len(name) > _LONGEST_NAME:
        raise Invalid("communities.name_form", name=name[:_LONGEST_NAME])
    if kind not in KINDS and kind not in _NOT_GIVEN:
        raise Invalid("communities.kind", kind=kind[:20])
    return Listed(
        code=code,
        adjective=name,
        kind=kind if kind in KINDS else "",
        raion=cells["raion"][:100],
        oblast=cells["oblast"][:100],
        population=_population(cells["population"]),
        names=names_of(name, kind),
    )


def _population(text: str) -> int | None:
    if text in _NOT_GIVEN:
        return None
    try:
        people = number_from(text)
    except Invalid:
        people = None
    if people is None or people != int(people) or not 0 <= people <= _LARGEST_POPULATION:
        raise Invalid("communities.population", population=text[:20])
    return int(people)
