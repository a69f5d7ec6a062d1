"""An official appeal (393/96-ВР) made ready from what somebody wrote here; nothing of it is kept. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import N_

NAME_MOST: Final = 200
LINE_MOST: Final = 300
TEXT_MOST: Final = 5_000
LEAST: Final = 5
LETTER_MOST: Final = 1_800
"""Of an address that opens a mail program: browsers and mail programs cut longer ones."""

DEMAND: Final = N_("Прошу усунути цю проблему й письмово повідомити мене, що зроблено.")
LAW: Final = N_(
    "Звернення подано відповідно до Закону України «Про звернення громадян». "
    "Прошу розглянути його у строк, встановлений статтею 20: не більше одного місяця, "
    "а якщо воно не потребує додаткового вивчення — п’ятнадцяти днів."
)


@dataclass(frozen=True, kw_only=True)
class Appeal:
    """What article 5 of the law asks of an appeal."""

    addressee: str
    name: str
    residence: str
    contact: str
    """An address for the answer: article 5 asks for one where the appeal goes by e-mail."""
    essence: str
    demand: str
    made_on: date
    attached: int = 0
    """Photos that go with it."""


def check_appeal(appeal: Appeal) -> None:
    if _is_wrong(appeal.name, NAME_MOST):
        raise Invalid("report.appeal_name", field="name")
    if _is_wrong(appeal.residence, LINE_MOST):
        raise Invalid("report.appeal_residence", field="residence", least=LEAST, most=LINE_MOST)
    if _is_wrong(appeal.contact, LINE_MOST):
        raise Invalid("report.appeal_contact", field="contact", least=LEAST, most=LINE_MOST)
    if _is_wrong(appeal.essence, TEXT_MOST):
        raise Invalid("report.appeal_essence", field="essence", least=LEAST, most=TEXT_MOST)
    if _is_wrong(appeal.demand, TEXT_MOST):
        raise Invalid("report.appeal_demand", field="demand", least=LEAST, most=TEXT_MOST)


def _is_wrong(said: str, most: int) -> bool:
    return not LEAST <= len(said.strip()) <= most


def essence_of(*, title: str, text: str, address: str, place: str, categories: str, card: str) -> str:
    """The resident's own words first, then what tells the place."""
    parts = (title, text, address, place, categories, card)
    return "\n\n".join(part.strip() for part in parts if part.strip())
