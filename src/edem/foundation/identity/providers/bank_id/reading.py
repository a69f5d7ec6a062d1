"""What a bank says of its client (spec, «BankID NBU») → claims. Missing values are «n/a»; nothing else is kept."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from edem.foundation.identity.claims import Claims, Method, claims_of, cleaned

FIELDS = ("lastName", "firstName", "middleName", "inn", "birthDay", "phone", "email")
ADDRESS_FIELDS = ("country", "state", "area", "city", "street", "houseNo", "flatNo")
DOCUMENT_FIELDS = ("typeName", "series", "number", "issueCountryIso2", "dateExpiration")
DOCUMENT_TYPES = ("passport", "idpassport", "zpassport", "ident")
REGISTERED = "juridical"
"""The registered address; where one actually lives is the person's own word and proves nothing."""
OURS = {"", "UA", "UKR", "804", "УКРАЇНА"}

ASKED = {
    "type": "physical",
    "fields": FIELDS,
    "addresses": [{"type": REGISTERED, "fields": ADDRESS_FIELDS}],
    "documents": [{"type": kind, "fields": DOCUMENT_FIELDS} for kind in DOCUMENT_TYPES],
}
"""As little as tells the person and their community: no sex, no scans, not where they live, no bank's own numbers."""


def claims_from_bank(answer: Mapping[str, object], *, today: date) -> Claims:
    said = {name: cleaned(value) for name, value in answer.items() if isinstance(value, str)}
    numbers = [said.get("inn", ""), said.get("edrpou", ""), *_documents(_listed(answer.get("documents")), today=today)]
    return claims_of(
        Method.BANK_ID_NBU,
        names=[said.get(name, "") for name in ("lastName", "firstName", "middleName")],
        numbers=numbers,
        unzr=said.get("unzr", ""),
        born=_day(said.get("birthDay", "")),
        contacts={
            "phone": said.get("phone", ""),
            "email": said.get("email", ""),
            **_registered(_listed(answer.get("addresses"))),
        },
    )


def _listed(value: object) -> list[dict[str, str]]:
    """The objects of a list with their texts cleaned; banks send nothing, one object, or a list."""
    items = value if isinstance(value, list) else [value]
    return [{str(name): cleaned(text) for name, text in item.items()} for item in items if isinstance(item, dict)]


def _documents(documents: Iterable[Mapping[str, str]], *, today: date) -> list[str]:
    """Ukrainian ones first, for the tax number's place is taken by them; a foreign one bears its country."""
    in_force = [each for each in documents if each.get("number") and not _has_expired(each, today)]
    ours = [f"{each.get('series', '')}{each['number']}" for each in in_force if _country(each) in OURS]
    foreign = [
        f"{_country(each)}:{each.get('series', '')}{each['number']}" for each in in_force if _country(each) not in OURS
    ]
    return [*ours, *foreign]


def _country(document: Mapping[str, str]) -> str:
    return document.get("issueCountryIso2", "").upper()


def _has_expired(document: Mapping[str, str], today: date) -> bool:
    until = _day(document.get("dateExpiration", ""))
    return bool(until) and date.fromisoformat(until) < today


def _registered(addresses: Iterable[Mapping[str, str]]) -> dict[str, str]:
    found = next((each for each in addresses if each.get("type") == REGISTERED), {})
    if found.get("country", "").upper() not in OURS:
        return {}
    area = found.get("area", "")
    lines = (
        area if not area or "район" in area.lower() or "р-н" in area.lower() else f"{area} район",
        found.get("street", ""),
        f"буд. {found['houseNo']}" if found.get("houseNo") else "",
        f"кв. {found['flatNo']}" if found.get("flatNo") else "",
    )
    return {
        "state": found.get("state", ""),
        "locality": found.get("city", ""),
        "address": ", ".join(filter(None, lines)),
    }


def _day(text: str) -> str:
    """«12.03.1984» → «1984-03-12»; anything else says nothing."""
    try:
        return datetime.strptime(text, "%d.%m.%Y").date().isoformat()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        return ""
