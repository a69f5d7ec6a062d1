"""Puts a petition together: its text, its author, what happened to it, and who signed when."""

import math
from dataclasses import dataclass
from datetime import datetime
from random import Random

from edem.config.sample.chronicle import Chronicle
from edem.config.sample.curves import signing_moments
from edem.config.sample.reading import CommunityText, PetitionText, Place
from edem.config.sample.residents import SampleResident
from edem.config.sample.stories import Teller
from edem.services.petitions.rules.lifecycle import Step


@dataclass(frozen=True, kw_only=True)
class SampleSignature:
    resident: SampleResident
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SamplePetition:
    text: PetitionText
    author: SampleResident
    place: Place | None
    chronicle: Chronicle
    signatures: tuple[SampleSignature, ...]

    @property
    def submitted_at(self) -> datetime | None:
        """When it got its number: the first time, if it was returned and sent again."""
        return next((each.at for each in self.chronicle.steps if each.step is Step.SUBMIT), None)


@dataclass(frozen=True, kw_only=True)
class Population:
    """Those who may sign; a persona signs only what their own story says."""

    residents: tuple[SampleResident, ...]
    activity: tuple[float, ...]
    signed: dict[str, frozenset[str]]
    """Persona's key → keys of the petitions they signed."""


def make_petition(
    rng: Random, text: PetitionText, *, teller: Teller, where: CommunityText, who: Population
) -> SamplePetition:
    chronicle = teller.tell(text)
    place = where.place_named(text.place)
    author = _author(rng, text, who)
    moments = _moments(rng, text, chronicle, now=teller.office.now)
    signers = _signers(rng, text, who, place=place, count=len(moments))
    return SamplePetition(
        text=text,
        author=author,
        place=place,
        chronicle=chronicle,
        signatures=tuple(SampleSignature(resident=one, at=at) for one, at in zip(signers, moments, strict=True)),
    )


def _author(rng: Random, text: PetitionText, who: Population) -> SampleResident:
    if text.author:
        return next(each for each in who.residents if each.key == text.author)
    neighbours = [each for each in who.residents if not each.key and text.place in ("", each.place)]
    return rng.choice(neighbours)


def _moments(rng: Random, text: PetitionText, chronicle: Chronicle, *, now: datetime) -> list[datetime]:
    """The threshold falls exactly on the moment at which the petition reached it."""
    if chronicle.closes_at is None:
        return []
    story = text.story
    begins = chronicle.when(Step.PUBLISH)
    ends = min(each for each in (chronicle.closes_at, chronicle.at(Step.ANSWER), now) if each)
    reached = chronicle.at(Step.REACH)
    if reached is None:
        return signing_moments(rng, curve=story.curve, count=story.signatures, begins=begins, ends=ends)
    needed = chronicle.regulation.charter.threshold
    before = signing_moments(rng, curve=story.curve, count=needed - 1, begins=begins, ends=reached)
    after = signing_moments(rng, curve="burst", count=story.signatures - needed, begins=reached, ends=ends)
    return [*before, reached, *after]


def _signers(
    rng: Random, text: PetitionText, who: Population, *, place: Place | None, count: int
) -> list[SampleResident]:
    """Neighbours first: whoever lives near signs many times more often (weighted sampling without repetition)."""
    certain = [each for each in who.residents if each.key and text.key in who.signed.get(each.key, ())]
    drawn = sorted(
        (-math.log(1 - rng.random()) / (activity * _nearness(resident, place)), number)
        for number, (resident, activity) in enumerate(zip(who.residents, who.activity, strict=True))
        if not resident.key
    )
    signers = certain[:count] + [who.residents[number] for _, number in drawn[: max(0, count - len(certain))]]
    rng.shuffle(signers)
    return signers


def _nearness(resident: SampleResident, place: Place | None) -> float:
    if place is None:
        return 1
    if resident.place == place.code:
        return 14
    return 3 if resident.settlement == place.settlement else 1
