"""What a council may decide about petitions: Art. 23-1 leaves these to the community's charter. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from edem.foundation.communities.charter import Charter
from edem.kernel.deadlines import DayOff, Term, Unit
from edem.kernel.ukrainian import N_


class Withdrawal(StrEnum):
    """Until when the author may take the petition back."""

    BEFORE_PUBLICATION = "before_publication"
    BEFORE_FIRST_SIGNATURE = "before_first_signature"


WITHDRAWAL_LABELS: Mapping[str, str] = {
    Withdrawal.BEFORE_PUBLICATION: N_("до оприлюднення"),
    Withdrawal.BEFORE_FIRST_SIGNATURE: N_("до першого підпису"),
}


class CommentsModeration(StrEnum):
    """When a moderator reads a comment: before everybody or after."""

    BEFORE = "pre"
    AFTER = "post"


COMMENTS_LABELS: Mapping[str, str] = {
    CommentsModeration.BEFORE: N_("до оприлюднення"),
    CommentsModeration.AFTER: N_("після скарги читача"),
}


def _calendar(amount: int, starts: str) -> Term:
    return Term(amount=amount, unit=Unit.CALENDAR_DAYS, day_off=DayOff.STAYS, starts=starts)


def _working(amount: int, starts: str) -> Term:
    return Term(amount=amount, unit=Unit.WORKING_DAYS, starts=starts)


class PetitionCharter(Charter):
    """The community's regulation on e-petitions, each number with its clause in the act."""

    words: ClassVar[Mapping[str, str]] = {**WITHDRAWAL_LABELS, **COMMENTS_LABELS}

    threshold: int = Field(
        250,
        ge=1,
        le=1_000_000,
        title=N_("Скільки потрібно підписів"),
        description=N_("Стільки підписів членів громади збирає петиція, щоб її розглянув голова."),
    )
    collection: Term = Field(_calendar(90, "published"), title=N_("Збір підписів, з дня оприлюднення"))
    checking: Term = Field(_working(2, "submitted"), title=N_("Перевірка перед оприлюдненням, з дня подання"))
    hand_over: Term = Field(_calendar(1, "reached"), title=N_("Передача голові, з дня набору підписів"))
    announcement: Term = Field(_working(3, "reached"), title=N_("Оголошення початку розгляду, з дня набору підписів"))
    consideration: Term = Field(_working(10, "announced"), title=N_("Розгляд, з дня оголошення"))
    hearing_notice: Term = Field(
        _working(3, "appointed"),
        title=N_("За скільки оголошувати слухання"),
        description=N_("Стільки часу має минути між оголошенням слухань і самими слуханнями."),
    )
    appeal: Term = Field(
        Term(amount=1, unit=Unit.MONTHS, starts="closed"),
        title=N_("Розгляд як звернення, з дня завершення збору"),
    )
    warning_days: int = Field(1, ge=0, le=10, title=N_("За скільки робочих днів до строку нагадувати"))
    minimum_age: int = Field(0, ge=0, le=100, title=N_("Найменший вік підписанта"), description=N_("0 — без обмеження"))
    open_per_author: int = Field(
        3,
        ge=0,
        le=100,
        title=N_("Скільки петицій автор може вести водночас"),
        description=N_("0 — без обмеження"),
    )
    pause_days: int = Field(0, ge=0, le=365, title=N_("Скільки днів чекати між петиціями одного автора"))
    counted_assurance: tuple[str, ...] = Field(
        (),
        title=N_("Які способи входу враховуються"),
        description=N_("Порожньо — будь-який спосіб, що встановлює особу."),
    )
    paper_signatures: bool = Field(default=True, title=N_("Підписи на папері в ЦНАП"))
    two_clerks: bool = Field(
        default=True,
        title=N_("Паперові листи перевіряють двоє"),
        description=N_("Один працівник ЦНАП вносить лист, інший звіряє його зі сканом і підтверджує."),
    )
    paper_checking: Term = Field(
        _working(3, "closed"),
        title=N_("Перевірка паперових листів, з дня завершення збору"),
        description=N_("Для листів, скани яких надійшли до кінця збору."),
    )
    signature_withdrawal: bool = Field(default=True, title=N_("Підпис можна відкликати, поки триває збір"))
    withdrawal: Withdrawal = Field(Withdrawal.BEFORE_FIRST_SIGNATURE, title=N_("Автор може відкликати петицію"))
    categories: tuple[str, ...] = Field(
        (
            N_("Благоустрій"),
            N_("Дороги і транспорт"),
            N_("Житло і комунальні послуги"),
            N_("Освіта"),
            N_("Охорона здоров’я"),
            N_("Довкілля"),
            N_("Культура і спорт"),
            N_("Безпека"),
            N_("Соціальний захист"),
            N_("Інше"),
        ),
        title=N_("Теми петицій"),
    )
    author_edits: bool = Field(
        default=True,
        title=N_("Автор може виправити текст до першого підпису"),
        description=N_("Виправлення перевіряє модератор; попередню редакцію видно всім."),
    )
    attachments_most: int = Field(5, ge=0, le=20, title=N_("Скільки файлів можна додати до петиції"))
    update_pause_days: int = Field(7, ge=0, le=90, title=N_("Скільки днів чекати між новинами автора"))
    comments: bool = Field(default=False, title=N_("Обговорення під петиціями"))
    comments_moderation: CommentsModeration = Field(
        CommentsModeration.AFTER, title=N_("Коли модератор перевіряє дописи обговорення")
    )
    list_retention_years: int = Field(3, ge=1, le=25, title=N_("Скільки років зберігається список підписантів"))
