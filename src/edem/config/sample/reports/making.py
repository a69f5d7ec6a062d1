"""Puts the reports of one community together: who saw what, where and when, and what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID

from edem.config.sample.office import Office
from edem.config.sample.reading import CommunityText, Place
from edem.config.sample.reports.choosing import fate_after, subject_on, subjects_of
from edem.config.sample.reports.geography import is_village, spot
from edem.config.sample.reports.tale import Tale
from edem.config.sample.reports.telling import Teller
from edem.config.sample.reports.texts import Fate, OpenCityText, StoryText, SubjectText, open_city, words
from edem.config.sample.residents import SampleResident
from edem.kernel.deadlines import KYIV, kyiv_day
from edem.kernel.workdays import WorkingCalendar
from edem.services.reports.charter import ReportCharter

_LOUD: Final = ("7.1", "7.2", "7.3", "3.8", "2.2.1")
"""What concerns many: these gather more voices."""


@dataclass(frozen=True, kw_only=True)
class SampleVoice:
    resident: SampleResident
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SampleReport:
    client_uuid: UUID
    key: str
    """Of a story that the guide tells; empty for the others."""
    subject: SubjectText
    title: str
    text: str
    address: str
    settlement_code: str
    lat: float
    lon: float
    author: SampleResident
    is_anonymous: bool
    photos: int
    tale: Tale
    voices: tuple[SampleVoice, ...]
    says: tuple[str, ...] = ()
    """What neighbours write under it."""
    twin_of: str = ""
    """Key of the story that it follows."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What all reports of one community are made from."""

    text: CommunityText
    city: OpenCityText
    residents: tuple[SampleResident, ...]
    neighbours: Mapping[str, Sequence[SampleResident]]
    """By place; the personas do only what is told of them."""
    charter: ReportCharter
    now: datetime
    calendar: WorkingCalendar


def make_reports(
    text: CommunityText, *, residents: tuple[SampleResident, ...], now: datetime, calendar: WorkingCalendar, seed: str
) -> tuple[SampleReport, ...]:
    city = open_city(text.slug)
    charter = ReportCharter.model_validate(city.decision.values)
    neighbours: dict[str, list[SampleResident]] = {each.code: [] for each in text.place}
    for each in residents:
        if not each.key:
            neighbours[each.place].append(each)
    ground = Ground(
        text=text,
        city=city,
        residents=residents,
        neighbours=neighbours,
        charter=charter,
        now=now,
        calendar=calendar,
    )
    made = [_drawn(Random(f"{seed}:{text.slug}:report:{number}"), ground) for number in range(city.count)]
    made += [_told(Random(f"{seed}:{text.slug}:{each.key}"), each, ground) for each in city.story]
    made += [twin for each in city.story for twin in _twins(each, ground, seed=seed)]
    return tuple(sorted(made, key=lambda each: (each.tale.submitted_at, each.client_uuid)))


def _drawn(rng: Random, ground: Ground) -> SampleReport:
    age = int(ground.city.days * (1 - rng.random() ** 0.62)) + 1
    day = kyiv_day(ground.now) - timedelta(days=age)
    subject = subject_on(rng, ground.city, day)
    place = rng.choices(ground.text.place, weights=[each.weight for each in ground.text.place])[0]
    street, house = rng.choice(place.streets), rng.randint(1, 64)
    kind = rng.randrange(len(subject.titles))
    parts = (
        rng.choice(words().openers),
        nth(subject.what, kind),
        rng.choice(subject.detail),
        rng.choice(subject.ask),
        rng.choice(words().closers),
    )
    said = " ".join(part for part in parts if part)
    fill = _filler(rng, house)
    return _report(
        rng,
        ground,
        subject=subject,
        where=(place, street, house),
        said=(fill(subject.titles[kind]), fill(said)),
        author=rng.choice(ground.neighbours[place.code] or ground.residents),
        done=nth(subject.done, kind),
        at=_any_hour(rng, day),
        fate=fate_after(rng, age),
        voices=_voices_count(rng, subject),
    )


def _told(rng: Random, story: StoryText, ground: Ground) -> SampleReport:
    """Somebody's own words, in the very place that they name."""
    place = ground.text.place_named(story.place)
    if place is None:
        raise LookupError(f"{story.key} is nowhere")
    at = _any_hour(rng, kyiv_day(ground.now) - timedelta(days=story.ago))
    subject = next(each for each in subjects_of(ground.city) if each.code == story.code)
    made = _report(
        rng,
        ground,
        subject=subject,
        where=(place, story.street, story.house),
        said=(story.title, story.text),
        author=next(each for each in ground.residents if each.key == story.author),
        at=min(at, ground.now - timedelta(minutes=75)) if not story.ago else at,
        fate=story.fate,
        voices=story.voices,
        done=subject.done[0],
        key=story.key,
    )
    return replace(made, says=story.says)


def _twins(story: StoryText, ground: Ground, *, seed: str) -> Iterator[SampleReport]:
    """A few minutes after the first one, by the neighbours."""
    place = ground.text.place_named(story.place)
    for number, text in enumerate(story.twins, start=1):
        assert place is not None
        rng = Random(f"{seed}:{ground.text.slug}:{story.key}:{number}")
        first = _told(Random(f"{seed}:{ground.text.slug}:{story.key}"), story, ground)
        made = _report(
            rng,
            ground,
            subject=first.subject,
            where=(place, story.street, story.house + 2 * number),
            said=(text.partition(".")[0].partition(",")[0], text),
            author=rng.choice(ground.neighbours[place.code]),
            at=min(first.tale.submitted_at + timedelta(minutes=9 * number), ground.now - timedelta(minutes=9)),
            fate="fresh",
            voices=number,
            done=first.subject.done[0],
        )
        yield replace(made, twin_of=story.key)


def _report(
    rng: Random,
    ground: Ground,
    *,
    subject: SubjectText,
    where: tuple[Place, str, int],
    said: tuple[str, str],
    author: SampleResident,
    at: datetime,
    fate: Fate,
    voices: int,
    done: str,
    key: str = "",
) -> SampleReport:
    place, street, house = where
    lat, lon = spot(place, street, house, rng=rng)
    client_uuid = UUID(int=rng.getrandbits(128), version=4)
    tale = _tale(rng, ground, subject, in_village=is_village(place), house=house, at=at, fate=fate, done=done)
    return SampleReport(
        client_uuid=client_uuid,
        key=key,
        subject=subject,
        title=said[0],
        text=said[1],
        address=f"{place.settlement}, {street}, {house}",
        settlement_code=ground.text.settlement_code(place.settlement),
        lat=lat,
        lon=lon,
        author=author,
        is_anonymous=not key and rng.random() < 0.18,  # a share
        photos=rng.choices((0, 1, 2), weights=(3, 6, 1))[0] if not key else 1,
        tale=tale,
        voices=_voices(rng, ground, author, place, count=voices, since=at),
    )


def _tale(
    rng: Random,
    ground: Ground,
    subject: SubjectText,
    *,
    in_village: bool,
    house: int,
    at: datetime,
    fate: Fate,
    done: str,
) -> Tale:
    office = Office(rng, now=ground.now, calendar=ground.calendar)
    line = ground.city.line_for(subject.code, in_village=in_village)
    bodies = sorted({each.main for each in ground.city.matrix} - {line.main, *line.also})
    teller = Teller(
        tale=Tale(rng=rng, office=office, charter=ground.charter, submitted_at=at),
        subject=subject,
        words=words(),
        done=done,
        body=line.main,
        also=line.also,
        wrong=rng.choice(bodies),
        fill=_filler(rng, house),
    )
    return teller.tell(fate)


def _filler(rng: Random, house: int) -> "Filler":
    return Filler(house=house, few=rng.randint(2, 4), many=rng.randint(3, 28))


@dataclass(frozen=True, kw_only=True)
class Filler:
    house: int
    few: int
    many: int

    def __call__(self, text: str) -> str:
        return text.format(house=self.house, n=self.few, m=self.many)


def _any_hour(rng: Random, day: date) -> datetime:
    """People write in the morning, in the evening, and some at night."""
    hour = rng.choices(range(24), weights=[1] * 6 + [3, 6, 8, 7, 5, 4, 5, 4, 4, 4, 5, 7, 8, 8, 7, 5, 3, 2])[0]
    return datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), tzinfo=KYIV)


def _voices_count(rng: Random, subject: SubjectText) -> int:
    most = 4.0 if subject.code in _LOUD else 1.3
    return min(40, int(rng.expovariate(1 / most)))


def _voices(
    rng: Random, ground: Ground, author: SampleResident, place: Place, *, count: int, since: datetime
) -> tuple[SampleVoice, ...]:
    near = [each for each in ground.neighbours[place.code] if each.id != author.id]
    speakers = rng.sample(near, min(count, len(near)))
    ends = min(ground.now, since + timedelta(days=20))
    room = max(60, int((ends - since).total_seconds()) - 60)
    at = sorted(since + timedelta(seconds=30 + int(room * rng.random() ** 2.5)) for _ in speakers)
    return tuple(SampleVoice(resident=one, at=moment) for one, moment in zip(speakers, at, strict=True))


def nth(texts: Sequence[str], kind: int) -> str:
    """What belongs to the same kind of trouble stands at the same place of each list."""
    return texts[kind % len(texts)]
