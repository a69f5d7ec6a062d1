"""What identifying data may be used for: each mark and each reading of the vault names its purpose. Pure."""

from dataclasses import dataclass
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
    """Why somebody may look into the vault, or look a person up by it."""

    OWNER = "owner"
    EXPORT = "export"
    SIGN_IN = "sign_in"
    MEMBERSHIP = "membership"
    FINDING = "finding"
    REGISTER = "register"
    SCAN = "scan"
    PETITION_LIST = "petition_list"
    PAPER_SHEET = "paper_sheet"
    APPEAL_ANSWER = "appeal_answer"
    CORRECTION = "correction"
    MERGE = "merge"
    MAIL = "mail"
    SMS = "sms"
    MARKS = "marks"
    PRINT = "print"


@dataclass(frozen=True, kw_only=True)
class About:
    """What a reading was for: petition 74, paper sheet 3. Named as the log of staff acts names it."""

    kind: str = ""
    """«petitions.petition»; its words are in the app's SUBJECTS."""
    number: str = ""
    community_id: int | None = None
    path: str = ""
    """Where it is read, within the community."""


NOTHING_IN_PARTICULAR = About()


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
_HOME = ("state", "locality", "address")
_NUMBERS = ("tax_number", "document", "unzr")

ALLOWED: dict[ReadPurpose, frozenset[str]] = {
    ReadPurpose.OWNER: frozenset(FIELDS),
    ReadPurpose.EXPORT: frozenset(FIELDS),
    ReadPurpose.SIGN_IN: frozenset({*_NAME, *_NUMBERS, "born_on"}),
    ReadPurpose.MEMBERSHIP: frozenset({*_NAME, *_HOME}),
    ReadPurpose.FINDING: frozenset(),
    ReadPurpose.REGISTER: frozenset({*_NAME, *_NUMBERS, "born_on"}),
    ReadPurpose.SCAN: frozenset(),
    ReadPurpose.PETITION_LIST: frozenset(_NAME),
    ReadPurpose.PAPER_SHEET: frozenset(),
    ReadPurpose.APPEAL_ANSWER: frozenset({*_NAME, *_HOME, "phone", "email"}),
    ReadPurpose.CORRECTION: frozenset({*_NAME, *_HOME, "born_on"}),
    ReadPurpose.MERGE: frozenset({*_NAME, *_NUMBERS, "born_on"}),
    ReadPurpose.MAIL: frozenset({"email"}),
    ReadPurpose.SMS: frozenset({"phone"}),
    ReadPurpose.MARKS: frozenset({*_NUMBERS, "born_on"}),
    ReadPurpose.PRINT: frozenset({*_NAME, *_HOME, "phone"}),
}
"""A purpose opens only these fields; one that opens none is still a look, and is still written down."""

PURPOSE_WORDS = {
    ReadPurpose.OWNER: N_("Ви самі переглянули свої дані"),
    ReadPurpose.EXPORT: N_("Ви завантажили копію своїх даних"),
    ReadPurpose.SIGN_IN: N_("Щоб упізнати вас під час входу"),
    ReadPurpose.MEMBERSHIP: N_("Щоб визначити вашу громаду"),
    ReadPurpose.FINDING: N_("Щоб знайти вас за документом, який показали працівникові"),
    ReadPurpose.REGISTER: N_("Щоб спитати державний реєстр, де зареєстровано ваше місце проживання"),
    ReadPurpose.SCAN: N_("Щоб переглянути скан довідки, яку ви принесли"),
    ReadPurpose.PETITION_LIST: N_("Щоб скласти список тих, хто підписав"),
    ReadPurpose.PAPER_SHEET: N_("Щоб звірити ваш підпис на паперовому підписному листі"),
    ReadPurpose.APPEAL_ANSWER: N_("Щоб відповісти на ваше звернення"),
    ReadPurpose.CORRECTION: N_("Щоб розглянути ваше прохання виправити дані"),
    ReadPurpose.MERGE: N_("Щоб об’єднати ваші облікові записи"),
    ReadPurpose.MAIL: N_("Щоб надіслати вам листа"),
    ReadPurpose.SMS: N_("Щоб надіслати вам SMS"),
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
