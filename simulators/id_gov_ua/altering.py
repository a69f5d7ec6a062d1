"""The same person told otherwise: what the stand changes in the fields of one answer."""

from collections.abc import Mapping

from simulators.id_gov_ua.mischief import Mischief

NEW_SURNAME = "Зоряна"
PASSPORT = "СН739104"
FOREIGN = {"lastname": "Ковальська", "givenname": "Ева", "middlename": "n/a"}
FOREIGN_PASSPORT = "EA4817264"


def altered(fields: Mapping[str, str], mischief: Mischief) -> dict[str, str]:
    number = fields.get("drfocode") or fields.get("edrpoucode") or ""
    changes: dict[Mischief, dict[str, str]] = {
        Mischief.NOTHING_KNOWN: dict.fromkeys(fields, "n/a"),
        Mischief.NUMBER_ELSEWHERE: {"drfocode": "n/a", "edrpoucode": number},
        Mischief.NO_NUMBER: {"drfocode": PASSPORT, "edrpoucode": "n/a"},
        Mischief.FOREIGNER: {**FOREIGN, "drfocode": f"PASPL-{FOREIGN_PASSPORT}", "edrpoucode": "", "unzr": ""},
        Mischief.NEW_SURNAME: {"lastname": NEW_SURNAME},
        Mischief.NEW_CERTIFICATE: {"serial": "20B4E4ED0D30998C040000000000000000000000", "issuercn": "Інший надавач"},
    }
    return {**fields, **changes.get(mischief, {})}
