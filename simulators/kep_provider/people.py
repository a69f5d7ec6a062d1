"""Fictional people as certificates name them."""

import re

from edem.kernel.kep.making.subjects import Person
from simulators.id_gov_ua.residents import Resident

_NUMBER = re.compile(r"\d{10}")
ABSENT = {"", "n/a"}


def certified(resident: Resident) -> Person:
    """A tax number may stand in either field; without one, the passport's number stands where it would."""
    fields = {name: "" if value in ABSENT else value for name, value in resident.fields.items()}
    numbers = [fields.get(name, "") for name in ("drfocode", "edrpoucode")]
    tax_number = next((number for number in numbers if _NUMBER.fullmatch(number)), "")
    return Person(
        surname=fields.get("lastname", ""),
        given_name=" ".join(filter(None, (fields.get("givenname", ""), fields.get("middlename", "")))),
        tax_number=tax_number,
        document="" if tax_number else numbers[0],
        unzr=fields.get("unzr", ""),
    )
