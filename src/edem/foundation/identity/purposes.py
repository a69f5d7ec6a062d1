"""What identifying data may be used for: each mark and each reading of the vault names its purpose. Pure."""

from enum import StrEnum

from edem.kernel.ukrainian import N_


class MarkPurpose(StrEnum):
    """Each has a key of its own, so that tables of different purposes cannot be joined."""

    SIGN_IN = "sign_in"
    PETITION = "petition"
    BALLOT = "ballot"
    POLL = "poll"


ACT_PURPOSES = (MarkPurpose.PETITION, MarkPurpose.BALLOT, MarkPurpose.POLL)
"""Those whose marks travel in the act pass."""


class ReadPurpose(StrEnum):
    """Why somebody may look into the vault."""

    OWNER = "owner"
    MEMBERSHIP = "membership"
    MAIL = "mail"
    MARKS = "marks"
    PRINT = "print"


FIELDS = (
    "last_name",
    "given_name",
    "middle_name",
    "tax_number",
    "document",
    "unzr",
    "born_on",
    "state",
    "locality",
    "address",
    "phone",
    "email",
)
"""The columns of the vault, in the order a person reads about themselves."""

_NAME = ("last_name", "given_name", "middle_name")

ALLOWED: dict[ReadPurpose, frozenset[str]] = {
    ReadPurpose.OWNER: frozenset(FIELDS),
    ReadPurpose.MEMBERSHIP: frozenset({*_NAME, "state", "locality", "address"}),
    ReadPurpose.MAIL: frozenset({"email"}),
    ReadPurpose.MARKS: frozenset({"tax_number", "document", "unzr", "born_on"}),
    ReadPurpose.PRINT: frozenset({*_NAME, "state", "locality", "address", "phone"}),
}
"""A purpose opens only these fields."""

PURPOSE_WORDS = {
    ReadPurpose.OWNER: N_("Ви самі переглянули свої дані"),
    ReadPurpose.MEMBERSHIP: N_("Щоб визначити вашу громаду"),
    ReadPurpose.MAIL: N_("Щоб надіслати вам листа"),
    ReadPurpose.MARKS: N_("Щоб порахувати ваш голос один раз"),
    ReadPurpose.PRINT: N_("Щоб заповнити ваш паперовий бланк"),
}

FIELD_WORDS = {
    "last_name": N_("Прізвище"),
    "given_name": N_("Ім’я"),
    "middle_name": N_("По батькові"),
    "tax_number": N_("Податковий номер (РНОКПП)"),
    "document": N_("Номер паспорта"),
    "unzr": N_("Номер запису в реєстрі (УНЗР)"),
    "born_on": N_("Дата народження"),
    "state": N_("Область"),
    "locality": N_("Населений пункт"),
    "address": N_("Адреса"),
    "phone": N_("Телефон"),
    "email": N_("Електронна пошта"),
}
