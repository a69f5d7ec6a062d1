"""What a bank says of its client: the documented JSON, with every missing value as «n/a»."""

from collections.abc import Mapping, Sequence
from datetime import date

from simulators.id_gov_ua.altering import FOREIGN, FOREIGN_PASSPORT, NEW_SURNAME, PASSPORT
from simulators.id_gov_ua.mischief import Mischief
from simulators.id_gov_ua.residents import Resident
from simulators.id_gov_ua.tax_number import born_on

NOTHING = "n/a"
NOTHING_KNOWN = {"", "n/a"}
PERSON = ("lastName", "firstName", "middleName", "phone", "inn", "clId", "birthDay", "sex", "email", "edrpou")
UKRAINE = "UA"


def client_json(resident: Resident, asked: Mapping[str, object], *, mischief: Mischief) -> dict[str, object]:
    """Only the fields that were asked for, as the real service does."""
    known = _altered(_known(resident), mischief)
    fields = [str(name) for name in _sequence(asked.get("fields"))]
    said: dict[str, object] = {"type": "physical"}
    said |= {name: _said(known.get(name, ""), mischief) for name in PERSON if name in fields or name == "edrpou"}
    said["addresses"] = [
        {"type": str(each["type"]), **_asked_for(_address(resident, str(each["type"])), each, mischief)}
        for each in _objects(asked.get("addresses"))
    ]
    documents = _documents(known, mischief)
    said["documents"] = [
        {"type": str(each["type"]), **_asked_for(documents.get(str(each["type"]), {}), each, mischief)}
        for each in _objects(asked.get("documents"))
        if str(each["type"]) in documents
    ]
    return said


def _known(resident: Resident) -> dict[str, str]:
    fields = resident.fields
    number = next((fields.get(name, "") for name in ("drfocode", "edrpoucode") if born_on(fields.get(name, ""))), "")
    whole = number or _spoilt_or_none(fields.get("drfocode", ""))
    born = born_on(number)
    return {
        "lastName": fields.get("lastname", ""),
        "firstName": fields.get("givenname", ""),
        "middleName": fields.get("middlename", ""),
        "phone": fields.get("phone", ""),
        "email": fields.get("email", ""),
        "inn": whole,
        "passport": "" if whole else fields.get("drfocode", ""),
        "clId": f"stand-{resident.id}",
        "birthDay": born.strftime("%d.%m.%Y") if born else "",
        "sex": "M" if number and int(number[8]) % 2 else "F",
    }


def _spoilt_or_none(number: str) -> str:
    return number if len(number) == 10 and number.isdecimal() else ""


def _altered(known: Mapping[str, str], mischief: Mischief) -> dict[str, str]:
    changes: dict[Mischief, dict[str, str]] = {
        Mischief.NUMBER_ELSEWHERE: {"inn": "", "edrpou": known["inn"]},
        Mischief.NO_NUMBER: {"inn": "", "passport": PASSPORT},
        Mischief.FOREIGNER: {
            "lastName": FOREIGN["lastname"],
            "firstName": FOREIGN["givenname"],
            "middleName": "",
            "inn": "",
            "passport": "",
            "birthDay": "04.02.1990",
        },
        Mischief.NEW_SURNAME: {"lastName": NEW_SURNAME},
    }
    return {**known, **changes.get(mischief, {})}


def _documents(known: Mapping[str, str], mischief: Mischief) -> dict[str, dict[str, str]]:
    until = date(2099, 12, 31).strftime("%d.%m.%Y")
    if mischief is Mischief.FOREIGNER:
        return {
            "zpassport": {
                "typeName": "Паспорт громадянина іноземної держави",
                "series": FOREIGN_PASSPORT[:2],
                "number": FOREIGN_PASSPORT[2:],
                "issueCountryIso2": "PL",
                "dateExpiration": until,
            }
        }
    passport = known.get("passport", "")
    if not passport:
        return {}
    kind = "idpassport" if passport.isdecimal() else "passport"
    series, number = ("", passport) if passport.isdecimal() else (passport[:2], passport[2:])
    return {
        kind: {
            "typeName": "Паспорт громадянина України",
            "series": series,
            "number": number,
            "issueCountryIso2": UKRAINE,
            "dateExpiration": until if passport.isdecimal() else "",
        }
    }


def _address(resident: Resident, kind: str) -> dict[str, str]:
    """Where one lives in fact is told otherwise on purpose: it must decide nothing."""
    if kind != "juridical":
        return {"country": UKRAINE, "state": "Львівська область", "city": "м. Львів"}
    fields = resident.fields
    street, _, rest = fields.get("address", "").partition(", буд. ")
    house, _, flat = rest.partition(", кв. ")
    return {
        "country": UKRAINE,
        "state": fields.get("state", ""),
        "area": "",
        "city": fields.get("locality", ""),
        "street": street,
        "houseNo": house,
        "flatNo": flat,
    }


def _asked_for(known: Mapping[str, str], asked: Mapping[str, object], mischief: Mischief) -> dict[str, str]:
    return {str(name): _said(known.get(str(name), ""), mischief) for name in _sequence(asked.get("fields"))}


def _said(value: str, mischief: Mischief) -> str:
    return NOTHING if value in NOTHING_KNOWN or mischief is Mischief.NOTHING_KNOWN else value


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _objects(value: object) -> list[dict[str, object]]:
    return [one for one in _sequence(value) if isinstance(one, dict) and "type" in one]
