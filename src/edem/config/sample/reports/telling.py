"""How a report's story goes, by its fate; told to its end, and cut off at now."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from edem.config.sample.reports.tale import NotYet, Tale
from edem.config.sample.reports.texts import Fate, SubjectText, Words
from edem.foundation.people.roles import Role
from edem.services.reports.rules.grounds import Ground
from edem.services.reports.rules.lifecycle import Step
from edem.services.reports.rules.results import Result
from edem.services.reports.rules.terms import ClockName

_QUESTIONS, _PLANS = 0.12, 0.45
"""How often a worker asks the author, and how often they say what comes next."""


@dataclass(frozen=True, kw_only=True)
class Teller:
    """One report's story and what it is made of."""

    tale: Tale
    subject: SubjectText
    words: Words
    done: str
    """What is said when it is mended."""
    body: str
    also: tuple[str, ...]
    wrong: str
    """An organisation to which it does not belong."""
    fill: Callable[[str], str]
    """Puts numbers into a text."""

    def tell(self, fate: Fate) -> Tale:
        with suppress(NotYet):
            _TALES[fate](self)
        return self.tale

    def one(self, texts: tuple[str, ...]) -> str:
        return self.fill(self.tale.rng.choice(texts))

    def begin(self, *, first: str = "") -> None:
        self.tale.publish()
        self.tale.send(first or self.body, at=self.tale.last)
        for each in self.also:
            self.tale.send(each, at=self.tale.last, is_main=False)

    def take_on(self, *, within: int = 2) -> None:
        tale = self.tale
        tale.inform()
        tale.accept(tale.working(tale.rng.randint(0, within)), executor=self.one(self.words.executors))
        if tale.rng.random() < _PLANS:
            tale.say("answer", tale.last + timedelta(minutes=4), self.one(self.words.planned))
        if tale.rng.random() < _QUESTIONS:
            tale.say("question", tale.working(1), self.one(self.words.asked))
            tale.say(
                "reply",
                tale.last + timedelta(hours=tale.rng.randint(1, 20)),
                self.one(self.words.replied),
                actor="author",
            )

    def mend(self, *, faster: bool = False) -> None:
        tale, (least, most) = self.tale, self.subject.days
        days = least if faster else tale.rng.randint(least, most)
        published = tale.first(Step.PUBLISH) or tale.last
        tale.close(
            tale.after_days(days, since=max(published, tale.last - timedelta(days=1))),
            Result.SOLVED,
            self.fill(self.done),
        )

    def agree(self) -> None:
        self.tale.judge(self.tale.last + timedelta(hours=self.tale.rng.randint(2, 130)), is_solved=True)

    def end(self, result: Result, texts: tuple[str, ...], *, explained: bool = True, addressee: str = "") -> None:
        tale = self.tale
        text = self.one(texts)
        if explained:
            tale.say("explanation", tale.after_days(tale.rng.randint(5, 18)), text)
        tale.close(tale.after_days(tale.rng.randint(1, 6)), result, text, addressee=addressee)
        tale.archive()


def _solved(by: Teller) -> None:
    by.begin()
    by.take_on()
    by.mend()
    by.tale.archive()


def _confirmed(by: Teller) -> None:
    by.begin()
    by.take_on()
    by.mend()
    by.agree()
    by.tale.archive()


def _waiting_for_word(by: Teller) -> None:
    by.begin()
    by.take_on(within=1)
    by.mend(faster=True)


def _reopened(by: Teller) -> None:
    """The author says «ні» and opens it again."""
    by.begin()
    by.take_on()
    by.mend(faster=True)
    tale = by.tale
    tale.judge(tale.last + timedelta(hours=tale.rng.randint(3, 90)), is_solved=False)
    tale.open_again(Step.REOPEN, tale.last + timedelta(minutes=6), by.one(by.words.again))


def _denied(by: Teller) -> None:
    """Opened again, it is closed by the moderator or the control body, where the act has it so."""
    _reopened(by)
    tale = by.tale
    closer = Role.WORKER if tale.charter.worker_closes_reopened else tale.rng.choice((Role.MODERATOR, Role.CONTROL))
    tale.close(tale.after_days(tale.rng.randint(9, 19)), Result.SOLVED, by.fill(by.done), actor=closer)
    by.agree()
    tale.archive()


def _doubted(by: Teller) -> None:
    """«Ні», but it is left at that."""
    by.begin()
    by.take_on()
    by.mend()
    by.tale.judge(by.tale.last + timedelta(hours=by.tale.rng.randint(3, 90)), is_solved=False)
    by.tale.archive()


def _explained(by: Teller) -> None:
    by.begin()
    by.take_on()
    by.end(Result.EXPLAINED, by.words.explained)


def _impossible(by: Teller) -> None:
    by.begin()
    by.take_on()
    by.end(Result.IMPOSSIBLE, by.words.impossible)


def _not_ours(by: Teller) -> None:
    by.begin()
    by.take_on()
    text = by.one(by.words.not_ours)
    by.end(Result.NOT_OURS, (text,), explained=False, addressee=_addressee(text))


def _addressee(text: str) -> str:
    known = {"Служба": "Служба відновлення", "обленерго": "АТ «Надрічаньобленерго»"}
    return next((name for word, name in known.items() if word in text), "ОСББ будинку")


def _passed_on(by: Teller) -> None:
    by.begin(first=by.wrong)
    by.tale.hand_on(by.tale.working(by.tale.rng.randint(1, 2)), by.one(by.words.returned), to=by.body)
    by.take_on(within=1)
    by.mend()
    if by.tale.rng.random() < 0.5:  # a coin
        by.agree()
    by.tale.archive()


def _late(by: Teller) -> None:
    """The term passes, the control body warns, the letter goes again, and only then somebody takes it."""
    by.begin()
    by.tale.warn(ClockName.ACCEPT, by.tale.accept_due_at)
    by.tale.accept(by.tale.working(by.tale.rng.randint(0, 3)), executor=by.one(by.words.executors))
    by.mend()
    by.tale.archive()


def _forgotten(by: Teller) -> None:
    by.begin()
    by.tale.warn(ClockName.ACCEPT, by.tale.accept_due_at)


def _stuck(by: Teller) -> None:
    by.begin()
    by.take_on()
    by.tale.warn(ClockName.EXPLAIN, by.tale.explain_due_at)


def _accepted(by: Teller) -> None:
    by.begin()
    by.take_on(within=1)


def _fresh(by: Teller) -> None:
    by.begin()


def _checking(by: Teller) -> None:
    """Nobody has read it yet."""


def _rejected(by: Teller) -> None:
    by.begin()
    ground = by.tale.rng.choice((Ground.OBSCENE, Ground.OFF_TOPIC, Ground.INCORRECT))
    by.tale.reject(by.tale.working(0), ground, by.one(by.words.refused_content))


def _taken_up_again(by: Teller) -> None:
    _solved(by)
    tale = by.tale
    tale.open_again(Step.TAKE_UP_AGAIN, tale.last + timedelta(days=tale.rng.randint(2, 15)), by.one(by.words.again))
    tale.close(tale.after_days(tale.rng.randint(5, 15)), Result.SOLVED, by.fill(by.done))
    by.agree()
    tale.archive()


def _self_organised(by: Teller) -> None:
    by.begin()
    tale = by.tale
    tale.accept(tale.working(0), actor=Role.MODERATOR)
    tale.close(
        tale.after_days(tale.rng.randint(6, 12)),
        Result.SOLVED,
        "Сусіди прибрали самі: дев’ятеро людей, двадцять мішків. «Чисте місто» вивезло.",
        actor=Role.MODERATOR,
    )
    by.agree()
    tale.archive()


_TALES: Final[Mapping[Fate, Callable[[Teller], None]]] = {
    "solved": _solved,
    "confirmed": _confirmed,
    "denied": _denied,
    "doubted": _doubted,
    "reopened": _reopened,
    "waiting_for_word": _waiting_for_word,
    "explained": _explained,
    "impossible": _impossible,
    "not_ours": _not_ours,
    "passed_on": _passed_on,
    "late": _late,
    "forgotten": _forgotten,
    "stuck": _stuck,
    "accepted": _accepted,
    "fresh": _fresh,
    "checking": _checking,
    "rejected": _rejected,
    "taken_up_again": _taken_up_again,
    "self_organised": _self_organised,
}
