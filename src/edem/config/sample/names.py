"""Names as people in Ukraine bear them: by generation, by frequency, in the right gender."""

from dataclasses import dataclass
from random import Random
from typing import Literal, TypeVar

from edem.config.sample.reading import Generation, NameBook

Gender = Literal["female", "male"]
Choice = TypeVar("Choice")


@dataclass(frozen=True, kw_only=True)
class FullName:
    surname: str
    given: str
    patronymic: str

    @property
    def shown(self) -> str:
        return f"{self.given} {self.surname}"


def full_name(
    rng: Random, book: NameBook, *, gender: Gender, born: int, reserved: frozenset[str] = frozenset()
) -> FullName:
    """A name of someone born in a year; one that a reader would take for someone else's is drawn anew."""
    while True:
        name = FullName(
            surname=surname(rng, book, gender=gender),
            given=given_name(rng, book.female if gender == "female" else book.male, born=born),
            patronymic=patronymic(rng, book, gender=gender, born=born),
        )
        if name.shown not in book.famous and name.shown not in reserved:
            return name


def given_name(rng: Random, generations: tuple[Generation, ...], *, born: int) -> str:
    return frequent_first(rng, next(each for each in generations if born <= each.until).names)


def patronymic(rng: Random, book: NameBook, *, gender: Gender, born: int) -> str:
    """By a father some twenty-seven years older."""
    father = given_name(rng, book.male, born=born - rng.randint(22, 34))
    sons, daughters = book.patronymics[father]
    return daughters if gender == "female" else sons


def surname(rng: Random, book: NameBook, *, gender: Gender) -> str:
    if rng.random() < 0.17:
        masculine, feminine = frequent_first(rng, book.paired_surnames)
        return feminine if gender == "female" else masculine
    return frequent_first(rng, book.surnames)


def frequent_first(rng: Random, choices: tuple[Choice, ...]) -> Choice:
    """The first is the most frequent, the last some eight times rarer."""
    last = len(choices) - 1
    return choices[min(int((rng.random() ** 1.6) * len(choices)), last)]
