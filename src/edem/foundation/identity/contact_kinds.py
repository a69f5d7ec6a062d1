"""What kinds of address a person may give, how each is written, and how it is shown in part. Pure."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import N_
from edem.kernel.ukrainian.numbers import NO_BREAK_SPACE


class Kind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"


KIND_WORDS: Final[Mapping[Kind, str]] = {
    Kind.EMAIL: N_("Електронна пошта"),
    Kind.PHONE: N_("Телефон"),
}

LONGEST: Final = 254
_EMAIL: Final = re.compile(r"[^\s@<>\"(),:;\\\[\]\x00-\x1f\x7f]{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,63}")
_PHONE: Final = re.compile(r"\+380\d{9}", re.ASCII)


def written(kind: Kind, typed: str) -> str:
    """The one form by which the same address is known again; a telephone is a Ukrainian one."""
    return _email(typed) if kind is Kind.EMAIL else _phone(typed)


def _email(typed: str) -> str:
    text = typed.strip()
    if len(text) > LONGEST or not _EMAIL.fullmatch(text) or ".." in text:
        raise Invalid("identity.contact_email_wrong")
    local, _, domain = text.rpartition("@")
    if local.startswith(".") or local.endswith("."):
        raise Invalid("identity.contact_email_wrong")
    return f"{local}@{domain.lower()}"


def _phone(typed: str) -> str:
    digits = re.sub(r"[\s()\-–.]", "", typed.strip())
    for short, long in (("+380", ""), ("380", "+"), ("80", "+3"), ("0", "+38")):
        if digits.startswith(short):
            digits = long + digits
            break
    if not _PHONE.fullmatch(digits):
        raise Invalid("identity.contact_phone_wrong")
    return digits


def shown(kind: Kind, address: str) -> str:
    """«+380 67 123 45 67», as people write it, however a provider did; what is no such number stays as it is."""
    digits = address.removeprefix("+")
    if kind is Kind.EMAIL or not _PHONE.fullmatch(f"+{digits}"):
        return address
    return f"+380 {digits[3:5]} {digits[5:8]} {digits[8:10]} {digits[10:]}".replace(" ", NO_BREAK_SPACE)
