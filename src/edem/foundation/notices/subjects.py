"""What may be followed, how often it is told, and whom a piece of news concerns. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Final
from uuid import UUID

from edem.kernel.ukrainian import N_


class Kind(StrEnum):
    """From the narrowest to the widest: a letter names the narrowest reason why it came."""

    ITEM = "item"
    TOPIC = "topic"
    SETTLEMENT = "settlement"
    COMMUNITY = "community"


KINDS: Final[Mapping[str, str]] = {
    Kind.ITEM: N_("Петиція чи інша справа"),
    Kind.TOPIC: N_("Тема"),
    Kind.SETTLEMENT: N_("Населений пункт"),
    Kind.COMMUNITY: N_("Уся громада"),
}


class Rhythm(StrEnum):
    IMMEDIATE = "immediate"
    DAILY = "daily"
    WEEKLY = "weekly"


RHYTHMS: Final[Mapping[str, str]] = {
    Rhythm.IMMEDIATE: N_("одразу"),
    Rhythm.DAILY: N_("раз на день, о 18:00"),
    Rhythm.WEEKLY: N_("раз на тиждень, у п’ятницю о 10:00"),
}


@dataclass(frozen=True, order=True)
class Subject:
    """What one subscription is about: «petitions», topic, «Благоустрій»."""

    kind: Kind
    service: str = ""
    """Empty for what no single service owns: a settlement, the community."""
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class About:
    """Whom a piece of news concerns."""

    service: str
    item: str
    topic: str = ""
    more_topics: tuple[str, ...] = ()
    """Of the same service: a street or a part of the map that somebody watches."""
    settlement: str = ""
    more_settlements: tuple[str, ...] = ()
    """What is about several places concerns the people of each."""
    is_wide: bool = False
    """Only what matters to everyone goes further than those who follow the item itself."""
    author_id: UUID | None = None
    """Told in a letter of their own."""

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """Whoever follows one of these hears of it, the narrowest first; a digest asks it for each of its readers."""
        own = (Subject(Kind.ITEM, self.service, self.item),)
        if not self.is_wide:
            return own
        topics = [each for each in (*self.more_topics, self.topic) if each]
        topic = tuple(Subject(Kind.TOPIC, self.service, each) for each in topics)
        settlements = dict.fromkeys(each for each in (self.settlement, *self.more_settlements) if each)
        settlement = tuple(Subject(Kind.SETTLEMENT, "", each) for each in settlements)
        return (*own, *topic, *settlement, Subject(Kind.COMMUNITY))


@dataclass(frozen=True, kw_only=True)
class Following:
    """One person's subscription, as far as digests ask."""

    subject: Subject
    since: datetime


@dataclass(frozen=True, kw_only=True)
class NewsLine:
    """A piece of news, as far as digests ask."""

    id: int
    at: datetime
    once: str
    about: About


def concerns(following: Following, news: NewsLine) -> bool:
    """What happened before one began to follow is not news."""
    return news.at > following.since and following.subject in news.about.subjects
