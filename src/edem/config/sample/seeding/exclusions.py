"""Signatures given at night in other people's names: one set excluded in public, one waiting for a second officer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from edem.config.sample.seeding.registering import People, Registered
from edem.config.sample.seeding.settling import Settled
from edem.config.sample.seeding.staffing import Team
from edem.foundation.audit.recording import record_staff_act
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.services.petitions.actions.counted import WishedRows
from edem.services.petitions.actions.counting import count_in
from edem.services.petitions.actions.excluding import take_step, write_down
from edem.services.petitions.actions.taking_off import take_off_set
from edem.services.petitions.models import Exclusion, Petition, Signature
from edem.services.petitions.queries.exclusions import chosen_by, preview_of
from edem.services.petitions.rules.conditions import Conditions
from edem.services.petitions.rules.exclusions import PROPOSE, Ground, Move, Standing

EXCLUDED: Final = "Зупинити забудову схилу в парку «Вишневий гай»"
WAITING: Final = "Мобільні укриття біля зупинок «Вокзал» і «Ринок»"
LATER: Final = timedelta(hours=34)
"""To the forenoon after the next: long enough to have asked people and the bank."""
COLLEAGUE: Final = "officer2"
APART: Final = timedelta(seconds=4)
WHY_EXCLUDED: Final = (
    "Уночі за 44 секунди з’явилося 12 підписів, по одному щочотири секунди. "
    "Шестеро людей написали нам, що тієї ночі нічого не підписували. Банк підтвердив: вхід був із чужого пристрою."
)
WHY_WAITING: Final = (
    "Сім підписів за 24 секунди серед ночі, рівно щочотири секунди. Двоє людей сказали телефоном, що не підписували."
)


def exclude_forged(settled: Settled, people: People, *, team: Team, now: datetime) -> int:
    """How many signatures were given so; none where the community has no such petitions."""
    told = {each.title: each for each in Petition.objects.filter(community=settled.community).order_by("pk")}
    if not {EXCLUDED, WAITING} <= set(told):
        return 0
    officer, colleague = team[Role.OFFICER], Person.objects.get(login=COLLEAGUE)
    night = now.replace(hour=0, minute=14, second=7, microsecond=0)
    last_week, last_night = night - timedelta(days=6), night - timedelta(days=1)
    forge(told[EXCLUDED], people, count=12, at=last_week)
    forge(told[WAITING], people, count=7, at=last_night)
    done = propose(told[EXCLUDED], since=last_week, count=12, why=WHY_EXCLUDED, by=officer, at=last_week + LATER)
    confirm(told[EXCLUDED], done, by=colleague, at=last_week + LATER + timedelta(hours=3))
    propose(told[WAITING], since=last_night, count=7, why=WHY_WAITING, by=colleague, at=now - timedelta(hours=2))
    return 19


def forge(petition: Petition, people: People, *, count: int, at: datetime) -> None:
    signed = set(Signature.objects.filter(petition_id=petition.pk).order_by().values_list("person_id", flat=True))
    fresh = (
        each
        for each in people.values()
        if not each.resident.key and each.person.pk not in signed and each.person.created_at < at
    )
    chosen: Sequence[Registered] = list(islice(fresh, count))
    rows = [
        (
            petition.community_id,
            petition.pk,
            each.mark.value,
            each.mark.key_version,
            each.person.pk,
            each.person.display_name,
            "bank_id",
            "online",
            each.resident.settlement_code,
            at + place * APART,
            None,
        )
        for place, each in enumerate(chosen)
    ]
    count_in(WishedRows(rows), now=at + len(rows) * APART)
    petition.refresh_from_db()


def propose(petition: Petition, *, since: datetime, count: int, why: str, by: Person, at: datetime) -> Exclusion:
    """The same beats as the service's own action, inside the seed's one transaction."""
    wanted = Conditions(since=since, until=since + (count - 1) * APART)
    preview = preview_of(petition, wanted)
    exclusion = Exclusion.objects.create(
        community_id=petition.community_id,
        petition=petition,
        standing=Standing.PROPOSED,
        ground=Ground.WITHOUT_CONSENT,
        reason=why,
        conditions=wanted.model_dump(mode="json", exclude_defaults=True),
        last_ordinal=preview.last_ordinal,
        digest=preview.chosen.digest,
        count=preview.chosen.count,
        first_at=preview.chosen.first_at or since,
        last_at=preview.chosen.last_at or since,
        proposed_by=by,
        proposed_at=at,
    )
    write_down(exclusion, PROPOSE, "", by=by, now=at, note=why)
    log(petition, "petition.exclusion_proposed", by=by, at=at)
    return exclusion


def confirm(petition: Petition, exclusion: Exclusion, *, by: Person, at: datetime) -> None:
    wanted = Conditions.model_validate(exclusion.conditions)
    chosen = chosen_by(petition, wanted, last_ordinal=exclusion.last_ordinal)
    take_off_set(petition, chosen, exclusion_id=exclusion.pk, now=at)
    exclusion.held_at = at
    take_step(exclusion, Move.CONFIRM, by=by, now=at)
    log(petition, "petition.signatures_excluded", by=by, at=at)


def log(petition: Petition, act: str, *, by: Person, at: datetime) -> None:
    record_staff_act(by, act, community_id=petition.community_id, subject=petition, now=at)
