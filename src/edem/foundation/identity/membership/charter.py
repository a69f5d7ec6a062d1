"""Who belongs to the community and how it is proved, as its council has settled it. Pure."""

from collections.abc import Mapping
from typing import ClassVar, Final

from pydantic import Field

from edem.foundation.communities.charter import Charter
from edem.foundation.identity.membership.kinds import KINDS, Kind
from edem.kernel.ukrainian import N_

SERVICE: Final = "membership"

_PROOF, _SLIP, _PERSON = N_("Підтвердження"), N_("Талон на вхід"), N_("Облікові записи")


class MembershipCharter(Charter):
    """Law 280/97-ВР, art. 6: the community is its residents; what proves it beyond the register is the council's."""

    words: ClassVar[Mapping[str, str]] = {kind.value: look.label for kind, look in KINDS.items()}

    kinds: tuple[Kind, ...] = Field(
        default=(Kind.ADDRESS, Kind.IDP, Kind.OFFICER),
        min_length=1,
        title=N_("Чим підтверджують належність до громади"),
        description=N_("Які підстави приймає громада. Для навчання й роботи потрібне рішення ради."),
        json_schema_extra={"group": _PROOF},
    )
    two_clerks_for: tuple[Kind, ...] = Field(
        default=(),
        title=N_("Коли потрібні двоє"),
        description=N_("За цими підставами один працівник пропонує, другий підтверджує."),
        json_schema_extra={"group": _PROOF},
    )
    longest_months: int = Field(
        default=12,
        ge=1,
        le=72,
        title=N_("Найдовший строк довідки, місяців"),
        description=N_("На скільки діє довідка про навчання або роботу, навіть коли в ній написано більше."),
        json_schema_extra={"group": _PROOF},
    )
    scan_months: int = Field(
        default=12,
        ge=1,
        le=60,
        title=N_("Скільки зберігати скан, місяців"),
        description=N_("Відлік від рішення. Потім скан видаляють, а запис про рішення лишається."),
        json_schema_extra={"group": _PROOF},
    )
    asks_register: bool = Field(
        default=False,
        title=N_("Питати реєстр, коли вхід не передав адреси"),
        description=N_("Через «Трембіту». Про кожен запит людина дізнається у своєму кабінеті."),
        json_schema_extra={"group": _PROOF},
    )
    slip_days: int = Field(
        default=3,
        ge=1,
        le=30,
        title=N_("Скільки днів діє талон"),
        description=N_("Талон на вхід друкує ЦНАП тим, хто не має смартфона. Він спрацьовує один раз."),
        json_schema_extra={"group": _SLIP},
    )
    slip_minutes: int = Field(
        default=30,
        ge=5,
        le=240,
        title=N_("Скільки хвилин триває вхід за талоном"),
        json_schema_extra={"group": _SLIP},
    )
    slip_assurance: str = Field(
        default="substantial",
        pattern="^(substantial|low)$",
        title=N_("Рівень довіри до входу за талоном"),
        description=N_("Особу встановив працівник ЦНАП за документом."),
        json_schema_extra={
            "group": _SLIP,
            "options": {"substantial": N_("середній, як BankID"), "low": N_("низький")},
        },
    )
    slip_two_clerks: bool = Field(
        default=False,
        title=N_("Талон видають двоє"),
        description=N_("Один працівник просить, другий погоджує, і лише тоді талон друкують."),
        json_schema_extra={"group": _SLIP},
    )
    undo_merge_days: int = Field(
        default=30,
        ge=1,
        le=365,
        title=N_("Скільки днів можна роз’єднати об’єднані записи"),
        description=N_("Доти дані другого запису зберігаються окремо, потім їх видаляють."),
        json_schema_extra={"group": _PERSON},
    )
