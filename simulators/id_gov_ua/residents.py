"""The people one can sign in as: from a JSON file of the sample community, or the built-in dozen."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulators.id_gov_ua.altering import altered
from simulators.id_gov_ua.mischief import Mischief
from simulators.id_gov_ua.tax_number import born_on

# Every field the documented `fields=` parameter may name, in its order.
FIELDS = (
    *("issuer", "issuercn", "serial", "subject", "subjectcn", "locality", "state", "o", "ou", "title"),
    *("givenname", "middlename", "lastname", "email", "address", "phone", "dns"),
    *("edrpoucode", "drfocode", "auth_type", "unzr", "id"),
)

ISSUER = {"issuer": "O=Тестовий стенд;CN=Тестовий надавач довірчих послуг;C=UA", "issuercn": "Тестовий надавач"}


@dataclass(frozen=True, kw_only=True)
class Resident:
    id: str
    fields: Mapping[str, str]
    note: str = ""

    @property
    def full_name(self) -> str:
        parts = (self.fields.get(part, "") for part in ("lastname", "givenname", "middlename"))
        return " ".join(part for part in parts if part and part != "n/a")

    @property
    def place(self) -> str:
        parts = (self.fields.get(part, "") for part in ("locality", "address"))
        return ", ".join(part for part in parts if part and part != "n/a")

    @property
    def year_of_birth(self) -> int | None:
        born = born_on(self.fields.get("drfocode", "")) or born_on(self.fields.get("edrpoucode", ""))
        return born.year if born else None

    def matches(self, words: Sequence[str]) -> bool:
        text = f"{self.full_name} {self.place} {self.note}".casefold()
        return all(word in text for word in words)

    def answer(self, *, wanted: Sequence[str], auth_type: str, mischief: Mischief = Mischief.NONE) -> dict[str, str]:
        """What get-user-info sends: only the wanted fields, an empty text for what is not known."""
        known = {
            **ISSUER,
            "serial": f"5E984D526F82F38F0400000{self.id[-8:]:0>8}".upper(),
            "subject": f"CN={self.full_name};C=UA",
            "subjectcn": self.full_name,
            **self.fields,
        }
        said = altered(known, mischief) | {"auth_type": auth_type, "id": self.id}
        return {field: said.get(field, "") for field in FIELDS if field in wanted}


def resident_from(record: Mapping[str, object]) -> Resident:
    fields = {name: str(record[name]) for name in FIELDS if record.get(name) is not None and name != "id"}
    return Resident(id=str(record["id"]), fields=fields, note=str(record.get("note") or ""))


def load_residents(path: Path) -> list[Resident]:
    """Read the sample community's people; a record needs `id`, the rest is optional."""
    records = json.loads(path.read_text(encoding="utf-8"))
    return [resident_from(record) for record in records]


def residents_like(residents: Sequence[Resident], query: str) -> list[Resident]:
    words = query.casefold().split()
    return [resident for resident in residents if resident.matches(words)]
