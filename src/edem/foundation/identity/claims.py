"""What a provider said about a person, cleaned and told apart. Pure: the raw answer ends here and is not kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from edem.foundation.identity.tax_number import born_on, is_tax_number, looks_like_tax_number
from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import normalise

NOTHING = {"", "n/a", "na", "null", "none", "-"}
_PASSPORT = re.compile(r"[А-ЩЬЮЯҐЄІЇ]{2}\d{6}|\d{9}")
_SEMANTIC = re.compile(r"(?:TIN|PAS|IDC|PNO)(?P<country>[A-Z]{2})-(?P<number>.+)")
_FOREIGN = re.compile(r"(?!UA)[A-Z]{2}:[A-ZА-ЯҐЄІЇ\d]{5,20}")
_UNZR = re.compile(r"(\d{8})-?(\d{5})")


class Method(StrEnum):
    """The ways by which a resident proves who they are: four of id.gov.ua, then those the platform speaks itself."""

    DIG_SIGN = "dig_sign"
    BANK_ID = "bank_id"
    MOBILE_ID = "mobile_id"
    DIIA_ID = "diia_id"
    BANK_ID_NBU = "bank_id_nbu"
    KEP_FILE = "kep_file"
    KEP_WIDGET = "kep_widget"
    MOBILE_ID_DIRECT = "mobile_id_direct"
    CNAP_SLIP = "cnap_slip"
    """Identified by a clerk who had the document in hand; the person signs in with what was printed for them."""


THROUGH_ID_GOV_UA = (Method.DIIA_ID, Method.BANK_ID, Method.DIG_SIGN, Method.MOBILE_ID)


class Assurance(StrEnum):
    """How sure the identification is, by the levels of the law on electronic identification."""

    HIGH = "high"
    SUBSTANTIAL = "substantial"
    LOW = "low"


ASSURANCE = {
    Method.DIG_SIGN: Assurance.HIGH,
    Method.DIIA_ID: Assurance.HIGH,
    Method.MOBILE_ID: Assurance.HIGH,
    Method.BANK_ID: Assurance.SUBSTANTIAL,
    Method.BANK_ID_NBU: Assurance.SUBSTANTIAL,
    Method.KEP_FILE: Assurance.HIGH,
    Method.KEP_WIDGET: Assurance.HIGH,
    Method.MOBILE_ID_DIRECT: Assurance.HIGH,
    Method.CNAP_SLIP: Assurance.SUBSTANTIAL,
}


@dataclass(frozen=True, kw_only=True)
class Claims:
    """One person by one sign-in; at least one of the three numbers is there."""

    method: str
    last_name: str
    given_name: str
    middle_name: str = ""
    tax_number: str = ""
    document: str = ""
    unzr: str = ""
    born_on: str = ""
    state: str = ""
    locality: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""

    @property
    def display_name(self) -> str:
        return " ".join(filter(None, (self.last_name, self.given_name, self.middle_name)))

    @property
    def assurance(self) -> Assurance:
        return ASSURANCE[Method(self.method)]

    @property
    def identifiers(self) -> tuple[str, ...]:
        """What tells this person from all others, the strongest first."""
        known = (("tax", self.tax_number), ("unzr", self.unzr), ("doc", self.document))
        return tuple(f"{kind}:{number}" for kind, number in known if number)

    def as_mapping(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def restored(cls, stored: Mapping[str, str]) -> Self:
        return cls(**stored)


def claims_from(answer: Mapping[str, object]) -> Claims:
    """Read the answer of id.gov.ua with its traps: «n/a», the tax number in another field, a passport instead."""
    said = {name: cleaned(value) for name, value in answer.items()}
    method = said.get("auth_type", "")
    if method not in set(Method):
        raise Invalid("identity.method_unknown")
    return claims_of(
        Method(method),
        names=[said.get(field, "") for field in ("lastname", "givenname", "middlename")],
        numbers=[said.get(field, "") for field in ("drfocode", "edrpoucode")],
        unzr=said.get("unzr", ""),
        contacts={field: said.get(field, "") for field in ("state", "locality", "address", "phone", "email")},
    )


def claims_of(
    method: Method,
    *,
    names: Sequence[str],
    numbers: Sequence[str],
    unzr: str = "",
    born: str = "",
    contacts: Mapping[str, str],
) -> Claims:
    """From what a provider said, cleaned: who it is at all, by which numbers; somebody without a name is nobody."""
    last_name, given_name, middle_name = map(_name, names)
    if not (last_name and given_name):
        raise Invalid("identity.no_name")
    written = list(map(_written, numbers))
    tax_number, document, record = _tax_number(written), _document(written), _unzr(unzr)
    if not (tax_number or document or record):
        raise Invalid("identity.no_identifier")
    return Claims(
        method=method.value,
        last_name=last_name,
        given_name=given_name,
        middle_name=middle_name,
        tax_number=tax_number,
        document=document,
        unzr=record,
        born_on=born or _born(tax_number, record),
        **contacts,
    )


def identifiers_of(number: str) -> tuple[str, ...]:
    """What a number copied from a document may be: a tax number, a passport, a register record."""
    written = [_written(normalise(number))]
    known = (("tax", _tax_number(written)), ("unzr", _unzr(written[0])), ("doc", _document(written)))
    return tuple(f"{kind}:{found}" for kind, found in known if found)


def cleaned(value: object) -> str:
    """Providers say nothing in many words: «n/a», «null», a dash."""
    text = normalise(str(value)).strip() if value is not None else ""
    return "" if text.casefold() in NOTHING else text


def _name(text: str) -> str:
    """Certificates often shout: «КОВАЛЕНКО-ҐУДЗЬ» becomes «Коваленко-Ґудзь»."""
    if not text.isupper():
        return text
    return "-".join(part[:1] + part[1:].lower() for part in text.split("-"))


def _written(number: str) -> str:
    """Without spaces, and without what certificates put before it (ETSI EN 319 412-1): «TINUA-», «PASPL-»."""
    whole = "".join(number.split()).upper()
    found = _SEMANTIC.fullmatch(whole)
    if found is None:
        return whole
    return found["number"] if found["country"] == "UA" else f"{found['country']}:{found['number']}"


def _tax_number(written: Sequence[str]) -> str:
    """In the first field or in another one; a broken one is not passed over, for it is somebody else's."""
    for number in written:
        if looks_like_tax_number(number):
            if not is_tax_number(number):
                raise Invalid("identity.tax_number_wrong")
            return number
    return ""


def _document(written: Sequence[str]) -> str:
    """The passport: two letters and six digits, or the nine of an ID card; a foreign one with its country before it."""
    for number in written:
        if _FOREIGN.fullmatch(number):
            return number
        ours = _latin_to_cyrillic(number)
        if _PASSPORT.fullmatch(ours):
            return ours
    return ""


def _latin_to_cyrillic(number: str) -> str:
    return number.translate(str.maketrans("ABCEHIKMOPTX", "АВСЕНІКМОРТХ"))


def _unzr(text: str) -> str:
    found = _UNZR.fullmatch(text)
    return f"{found[1]}-{found[2]}" if found else ""


def _born(tax_number: str, unzr: str) -> str:
    """From the tax number, or from the register record that begins with the date."""
    if tax_number:
        return born_on(tax_number).isoformat()
    try:
        return date(int(unzr[:4]), int(unzr[4:6]), int(unzr[6:8])).isoformat()
    except ValueError:
        return ""
