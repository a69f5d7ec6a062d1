"""The whole sample: two communities with their people, petitions and reports, the same for the same seed and day."""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Final

from edem.config.sample.charters import SampleCharter, sample_charters
from edem.config.sample.office import Office
from edem.config.sample.personas import PersonaText, persona_resident, personas, personas_of
from edem.config.sample.petitions import Population, SamplePetition, make_petition
from edem.config.sample.reading import CommunityText, PetitionText, community_text, name_book, petition_texts
from edem.config.sample.reports.making import SampleReport, make_reports
from edem.config.sample.residents import SampleResident, make_residents
from edem.config.sample.stories import Teller
from edem.kernel.deadlines import kyiv_day
from edem.kernel.workdays import WorkingCalendar

SEED: Final = "вишні"
COMMUNITIES: Final = ("vyshnevohirsk", "kalyniv-yar")


@dataclass(frozen=True, kw_only=True)
class SampleCommunity:
    text: CommunityText
    charters: tuple[SampleCharter, ...]
    residents: tuple[SampleResident, ...]
    personas: tuple[PersonaText, ...]
    petitions: tuple[SamplePetition, ...]
    """In the order in which they were sent in; drafts last."""
    reports: tuple[SampleReport, ...] = ()


def make_sample(now: datetime, *, calendar: WorkingCalendar, seed: str = SEED) -> tuple[SampleCommunity, ...]:
    return tuple(make_community(slug, now=now, calendar=calendar, seed=seed) for slug in COMMUNITIES)


def make_community(slug: str, *, now: datetime, calendar: WorkingCalendar, seed: str = SEED) -> SampleCommunity:
    text = community_text(slug)
    charters = sample_charters(slug, today=kyiv_day(now))
    who = _population(slug, today=kyiv_day(now), seed=seed)
    # Each petition has a chance of its own: a new text does not change what happened to the others.
    petitions = [
        _petition(
            Random(f"{seed}:{slug}:{each.key}"), each, text=text, who=who, charters=charters, clock=(now, calendar)
        )
        for each in petition_texts(*text.texts)
    ]
    return SampleCommunity(
        text=text,
        charters=charters,
        residents=who.residents,
        personas=personas_of(slug),
        petitions=tuple(sorted(petitions, key=lambda each: (each.submitted_at or now, each.text.key))),
        reports=make_reports(text, residents=who.residents, now=now, calendar=calendar, seed=seed),
    )


def residents_of(slug: str, *, today: date, seed: str = SEED) -> tuple[SampleResident, ...]:
    """Personas first. The others are the same on any day, so whoever was seeded once is known for ever."""
    text = community_text(slug)
    members = (persona_resident(each, text, today=today) for each in personas_of(slug) if each.member)
    rng = Random(f"{seed}:{slug}")
    return (*members, *make_residents(rng, text, book=name_book(), reserved=_names_taken()))


def _population(slug: str, *, today: date, seed: str) -> Population:
    rng = Random(f"{seed}:{slug}:activity")
    residents = residents_of(slug, today=today, seed=seed)
    return Population(
        residents=residents,
        activity=tuple(rng.lognormvariate(0, 0.7) for _ in residents),
        signed={each.id: frozenset(each.signed) for each in personas_of(slug)},
    )


def _names_taken() -> frozenset[str]:
    """Namesakes of those whom the guide speaks of would confuse."""
    staff = {each.name for slug in COMMUNITIES for each in community_text(slug).staff}
    return frozenset(staff | {each.full_name for each in personas()})


def _petition(
    rng: Random,
    written: PetitionText,
    *,
    text: CommunityText,
    who: Population,
    charters: tuple[SampleCharter, ...],
    clock: tuple[datetime, WorkingCalendar],
) -> SamplePetition:
    now, calendar = clock
    office = Office(rng, now=now, calendar=calendar)
    teller = Teller(rng, office=office, regulations=[each.regulation for each in charters])
    return make_petition(rng, written, teller=teller, where=text, who=who)
