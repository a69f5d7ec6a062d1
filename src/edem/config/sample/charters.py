"""The councils' decisions on petitions: two editions in the city, so that older petitions keep older numbers."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from edem.config.sample.chronicle import Regulation
from edem.config.sample.reading import Content, read_toml
from edem.kernel.deadlines import DayOff, Term, Unit, starts_of_day
from edem.services.petitions.charter import PetitionCharter

CATEGORIES: Final = {
    "light": "Освітлення",
    "roads": "Дороги і тротуари",
    "transport": "Громадський транспорт",
    "schools": "Освіта",
    "parks": "Парки і благоустрій",
    "animals": "Тварини",
    "water": "Вода і тепло",
    "safety": "Безпека та укриття",
    "access": "Безбар’єрність",
    "waste": "Відходи",
    "culture": "Культура і спорт",
    "social": "Підтримка людей",
    "openness": "Прозорість і послуги",
}


class Decided(Content):
    """The numbers that a council set itself; the rest are the charter's defaults."""

    threshold: int
    collection: int
    categories: tuple[str, ...]
    minimum_age: int = 0
    open_per_author: int = 3
    comments: bool = False


class DecisionText(Content):
    decided: int
    in_force: int
    number: str
    title: str
    values: Decided
    clauses: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class SampleCharter:
    """One version of the regulation, with the act behind it."""

    regulation: Regulation
    act_title: str
    act_number: str
    act_date: date
    clauses: dict[str, str]


def sample_charters(slug: str, *, today: date) -> tuple[SampleCharter, ...]:
    decisions = (DecisionText.model_validate(each) for each in read_toml("charters.toml")[slug])
    return tuple(_charter(version, text, today) for version, text in enumerate(decisions, start=1))


def _charter(version: int, text: DecisionText, today: date) -> SampleCharter:
    session = today - timedelta(days=text.decided)
    session -= timedelta(days=(session.weekday() - 3) % 7)  # the council sits on Thursdays
    return SampleCharter(
        regulation=Regulation(
            version=version,
            in_force_from=starts_of_day(today - timedelta(days=text.in_force)),
            charter=_values(text.values),
        ),
        act_title=text.title,
        act_number=text.number,
        act_date=session,
        clauses=text.clauses,
    )


def _values(decided: Decided) -> PetitionCharter:
    days = Term(amount=decided.collection, unit=Unit.CALENDAR_DAYS, day_off=DayOff.STAYS, starts="published")
    return PetitionCharter(
        threshold=decided.threshold,
        collection=days,
        categories=decided.categories,
        minimum_age=decided.minimum_age,
        open_per_author=decided.open_per_author,
        comments=decided.comments,
    )
