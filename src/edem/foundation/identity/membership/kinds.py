"""By what a person proves that they belong to the community, and what makes such a proof whole. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from edem.foundation.identity.evidence import check_evidence
from edem.kernel.errors import Invalid
from edem.kernel.ukrainian import N_


class Kind(StrEnum):
    """The values that MembershipFact.basis keeps."""

    ADDRESS = "registered_address"
    IDP = "idp_certificate"
    STUDY = "study"
    WORK = "work"
    OFFICER = "officer"


@dataclass(frozen=True, kw_only=True)
class KindLook:
    label: str
    bring: str
    """What to take along to the CNAP."""
    ends: bool = False
    """A proof of it says till when it holds."""
    has_number: bool = True


KINDS: Final = {
    Kind.ADDRESS: KindLook(
        label=N_("Зареєстроване місце проживання"),
        bring=N_("паспорт і витяг про місце проживання або застосунок Дія"),
        has_number=False,
    ),
    Kind.IDP: KindLook(label=N_("Довідка внутрішньо переміщеної особи"), bring=N_("паспорт і довідку ВПО")),
    Kind.STUDY: KindLook(
        label=N_("Навчання в громаді"), bring=N_("паспорт і довідку із закладу освіти з терміном навчання"), ends=True
    ),
    Kind.WORK: KindLook(label=N_("Робота в громаді"), bring=N_("паспорт і довідку з місця роботи"), ends=True),
    Kind.OFFICER: KindLook(
        label=N_("Рішення уповноваженого спеціаліста"),
        bring=N_("паспорт і документ, який показує, що ви тут живете"),
        has_number=False,
    ),
}

_LONGEST_ISSUER: Final = 200
_REFERENCE: Final = re.compile(r"[\w\-/.№ ]{1,60}")


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A document a clerk has seen. Its number is sealed; everything else names nobody."""

    kind: Kind = Kind.OFFICER
    settlement_code: str
    evidence: str
    holds_from: date | None = None
    holds_until: date | None = None
    """The last day on which it holds."""
    reference: str = ""
    issuer: str = ""


def check_proof(proof: Proof, *, accepted: "tuple[Kind, ...]", longest_months: int, today: date) -> None:
    """Whole, of a kind the community accepts, in force today, and not for longer than the charter allows."""
    if proof.kind not in accepted:
        raise Invalid("identity.kind_not_accepted")
    check_evidence(proof.evidence)
    look = KINDS[proof.kind]
    if look.has_number and not (proof.reference.strip() and proof.issuer.strip()):
        raise Invalid("identity.proof_without_number")
    if len(proof.issuer) > _LONGEST_ISSUER or (proof.reference and not _REFERENCE.fullmatch(proof.reference)):
        raise Invalid("identity.proof_number_unreadable")
    if proof.issuer:
        check_evidence(proof.issuer)
    _check_days(proof, ends=look.ends, longest_months=longest_months, today=today)


def _check_days(proof: Proof, *, ends: bool, longest_months: int, today: date) -> None:
    if ends and proof.holds_until is None:
        raise Invalid("identity.proof_without_end")
    if proof.holds_from is not None and proof.holds_from > today:
        raise Invalid("identity.proof_not_yet")
    if proof.holds_until is None:
        return
    if proof.holds_until < today or (proof.holds_from is not None and proof.holds_until < proof.holds_from):
        raise Invalid("identity.proof_over")
    if ends and proof.holds_until > months_after(today, longest_months):
        raise Invalid("identity.proof_too_long", months=longest_months)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
