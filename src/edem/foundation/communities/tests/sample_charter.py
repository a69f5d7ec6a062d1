"""A charter with a field of every kind, for tests."""

from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from pydantic import Field, model_validator

from edem.foundation.communities.charter import Charter
from edem.kernel.deadlines import DayOff, Term, Unit


class Until(StrEnum):
    PUBLISHED = "published"
    SIGNED = "signed"


class SampleCharter(Charter):
    words: ClassVar = {Until.PUBLISHED: "до оприлюднення", Until.SIGNED: "до першого підпису"}

    threshold: int = Field(250, ge=1, le=1000, title="Скільки потрібно підписів", description="Стільки збирає петиція.")
    age: int | None = Field(None, gt=0, lt=101, title="Найменший вік")
    share: Decimal = Field(Decimal("0.5"), ge=0, title="Частка бюджету, %")
    collection: Term = Field(
        Term(amount=90, unit=Unit.CALENDAR_DAYS, day_off=DayOff.STAYS, starts="published"),
        title="Збір підписів",
        json_schema_extra={"group": "Строки"},
    )
    answer: Term = Field(Term(amount=1, unit=Unit.MONTHS, starts="closed"), title="Відповідь")
    on_paper: bool = Field(default=True, title="Підписи на папері")
    until: Until = Field(Until.SIGNED, title="Автор може відкликати")
    topics: tuple[str, ...] = Field(("Освіта", "Довкілля"), min_length=1, title="Теми")
    ways: tuple[str, ...] = Field(
        (), title="Способи входу", json_schema_extra={"options": {"bankid": "BankID", "kep": "КЕП"}}
    )
    chair: str = Field("", max_length=20, title="Хто веде")

    @model_validator(mode="after")
    def _paper_needs_time(self) -> "SampleCharter":
        if self.on_paper and self.collection.amount < 10:
            raise ValueError("Паперові підписи не встигнути зібрати за такий строк.")
        return self
