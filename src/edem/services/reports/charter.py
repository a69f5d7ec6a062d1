"""What a council may decide about problem reports: its own order of work with «Відкрите місто». Pure."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar, Final

from pydantic import Field, field_validator

from edem.foundation.communities.charter import Charter
from edem.kernel.deadlines import DayOff, Term, Unit
from edem.kernel.ukrainian import N_


class Moderation(StrEnum):
    """When a moderator reads what residents write: before everybody or after."""

    BEFORE = "pre"
    AFTER = "post"


MODERATION_LABELS: Mapping[str, str] = {
    Moderation.BEFORE: N_("до оприлюднення"),
    Moderation.AFTER: N_("після оприлюднення"),
}


def _calendar(amount: int, starts: str, day_off: DayOff = DayOff.STAYS) -> Term:
    return Term(amount=amount, unit=Unit.CALENDAR_DAYS, day_off=day_off, starts=starts)


def _working(amount: int, starts: str) -> Term:
    return Term(amount=amount, unit=Unit.WORKING_DAYS, starts=starts)


TERMS = N_("Строки")
PEOPLE = N_("Хто бере участь")
WORK = N_("Робота з повідомленнями")
ADVICE = N_("До кого звертаються працівники")

_PHONE: Final = re.compile(r"\+?(?:[ ()\-–]*\d){3,15}(?:,? ?[^\W\d_]{2,3}\. ?\d{1,6})?")
_EMAIL: Final = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,63}")


class ReportCharter(Charter):
    """The community's order of work with reports, each number with its clause in the act."""

    words: ClassVar[Mapping[str, str]] = MODERATION_LABELS

    moderation: Moderation = Field(
        Moderation.AFTER,
        title=N_("Коли модератор перевіряє повідомлення"),
        json_schema_extra={"group": WORK},
    )
    checking: Term = Field(
        _working(1, "submitted"),
        title=N_("Перевірка перед оприлюдненням, з часу надсилання"),
        json_schema_extra={"group": TERMS},
    )
    inform: Term = Field(
        _working(1, "sent"),
        title=N_("Поінформувати керівника організації, з дня надходження до неї"),
        json_schema_extra={"group": TERMS},
    )
    accept: Term = Field(
        _working(3, "published"),
        title=N_("Прийняти в роботу, з дня оприлюднення"),
        json_schema_extra={"group": TERMS},
    )
    explain: Term = Field(
        _calendar(30, "published", DayOff.NEXT_WORKING_DAY),
        title=N_("Вирішити або пояснити автору, чому не вирішено, з дня оприлюднення"),
        json_schema_extra={"group": TERMS},
    )
    archive: Term = Field(
        _calendar(20, "closed"),
        title=N_("Перенести до архіву, з дня закриття"),
        json_schema_extra={"group": TERMS},
    )
    reopen: Term = Field(
        _calendar(20, "archived"),
        title=N_("Автор може повернути з архіву, з дня перенесення"),
        json_schema_extra={"group": TERMS},
    )
    warning_days: int = Field(
        1,
        ge=0,
        le=10,
        title=N_("За скільки робочих днів до строку нагадувати"),
        json_schema_extra={"group": TERMS},
    )
    resend_by_itself: bool = Field(
        default=True,
        title=N_("Повторне повідомлення йде саме, щойно минув строк"),
        description=N_("Система надсилає його від імені модератора. Якщо ні, модератор надсилає сам."),
        json_schema_extra={"group": WORK},
    )
    worker_closes_reopened: bool = Field(
        default=False,
        title=N_("Відповідальний працівник може закрити повторно відкрите"),
        description=N_("Якщо ні, його закриває модератор або орган контролю."),
        json_schema_extra={"group": WORK},
    )
    photo_on_closing: bool = Field(
        default=True,
        title=N_("Просити фото після вирішення"),
        description=N_("У категоріях, де фото обов’язкове, без нього «вирішено» не закрити."),
        json_schema_extra={"group": WORK},
    )
    photos_most: int = Field(
        8,
        ge=0,
        le=8,
        title=N_("Скільки фото можна додати до повідомлення"),
        json_schema_extra={"group": WORK},
    )
    assurance: tuple[str, ...] = Field(
        (),
        title=N_("Які способи входу потрібні, щоб надіслати"),
        description=N_("Порожньо — будь-який спосіб."),
        json_schema_extra={"group": PEOPLE},
    )
    only_members_send: bool = Field(
        default=False,
        title=N_("Надсилають лише члени громади"),
        json_schema_extra={"group": PEOPLE},
    )
    anonymous_display: bool = Field(
        default=True,
        title=N_("Автор може не показувати своє ім’я"),
        description=N_("Ім’я бачать лише модератор та орган контролю."),
        json_schema_extra={"group": PEOPLE},
    )
    voices_open: bool = Field(
        default=True,
        title=N_("Приєднатися можуть не лише члени громади"),
        json_schema_extra={"group": PEOPLE},
    )
    comments: bool = Field(
        default=True, title=N_("Обговорення під повідомленнями"), json_schema_extra={"group": PEOPLE}
    )
    comments_open: bool = Field(
        default=True,
        title=N_("Коментувати можуть не лише члени громади"),
        json_schema_extra={"group": PEOPLE},
    )
    comments_moderation: Moderation = Field(
        Moderation.AFTER,
        title=N_("Коли модератор перевіряє дописи обговорення"),
        json_schema_extra={"group": PEOPLE},
    )
    advice_phone: str | None = Field(
        None,
        max_length=40,
        title=N_("Телефон, за яким радять працівникам"),
        description=N_("Порожньо — телефон громади. Внутрішній номер: «дод. 12»."),
        json_schema_extra={"group": ADVICE},
    )
    advice_email: str | None = Field(
        None,
        max_length=254,
        title=N_("Пошта, на яку пишуть працівники"),
        description=N_("Порожньо — пошта громади."),
        json_schema_extra={"group": ADVICE},
    )
    advice_order: str | None = Field(
        None,
        max_length=300,
        title=N_("Хто й коли радить"),
        description=N_("Наприклад: «Модератор Олена Коваль, у робочі дні з 9:00 до 13:00»."),
        json_schema_extra={"group": ADVICE},
    )

    @field_validator("advice_phone")
    @classmethod
    def _phone_can_be_rung(cls, typed: str | None) -> str | None:
        if typed and not _PHONE.fullmatch(typed):
            raise ValueError(N_("Впишіть номер цифрами, наприклад 04141 2 15 30 або 067 123 45 67."))
        return typed

    @field_validator("advice_email")
    @classmethod
    def _email_can_be_written_to(cls, typed: str | None) -> str | None:
        if typed and not _EMAIL.fullmatch(typed):
            raise ValueError(N_("Перевірте адресу: має бути на зразок olena@example.com."))
        return typed
