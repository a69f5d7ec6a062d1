"""«Мене теж це стосується»: a mass act, for on a storm day five thousand people report one fallen line."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F

from edem.foundation.identity.queries import standing_of
from edem.foundation.intake.acts import TAKEN, Outcome
from edem.foundation.intake.passes import ActPass
from edem.foundation.intake.rows import Column, insert_new
from edem.foundation.live.kept import drop_pages
from edem.foundation.notices.subjects import Kind, Subject
from edem.foundation.notices.subscribing import ItemFollower, add_item_followers, stop_following
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Invalid, Missing, Refused
from edem.services.reports.actions.incidents import lock_led, together_with
from edem.services.reports.models import Report, Voice
from edem.services.reports.queries.charters import CODE, charter_of
from edem.services.reports.rules.lifecycle import State
from edem.services.reports.rules.voices import Joiner, check_may_join

MOST_ID: Final = 2**63
_COLUMNS: Final = (
    Column("community_id", "bigint"),
    Column("report_id", "bigint"),
    Column("person_id", "uuid"),
    Column("added_at", "timestamptz"),
    Column("came_by", "bigint"),
)


@dataclass(slots=True, kw_only=True, eq=False)
class NewVoice:
    """One person's wish to join, as it arrived."""

    community_id: int
    report_id: int
    person_id: UUID
    is_member: bool
    arrived_at: datetime
    follows: bool = True


@transaction.atomic(durable=True)
def add_voices(batch: Sequence[NewVoice]) -> Mapping[NewVoice, Outcome]:
    """Add every voice that may be added, in one commit; of merged reports the one that is worked on gets it."""
    return joined(batch)


def joined(batch: Sequence[NewVoice]) -> dict[NewVoice, Outcome]:
    """Part of the caller's transaction."""
    reports = lock_led({new.report_id for new in batch})

    outcomes: dict[NewVoice, Outcome] = {}
    admitted: dict[tuple[int, UUID], NewVoice] = {}
    for new in batch:
        try:
            report = admit(new, reports.get(new.report_id))
            if admitted.setdefault((report.pk, new.person_id), new) is not new:
                raise Conflict("report.joined_already")
        except Refused as refusal:
            outcomes[new] = Outcome.refused(refusal)

    rows = [
        (new.community_id, pk, person, new.arrived_at, None if new.report_id == pk else new.report_id)
        for (pk, person), new in admitted.items()
    ]
    added = insert_new("reports_voice", _COLUMNS, rows, key=("report_id", "person_id"))
    count_more(Counter(pk for pk, _ in added))
    follow_joined({key: new for key, new in admitted.items() if key in added and new.follows})
    for key, new in admitted.items():
        outcomes[new] = TAKEN if key in added else Outcome.refused(Conflict("report.joined_already"))
    drop_pages(*(f"report:{pk}" for pk in sorted({pk for pk, _ in added})))
    return outcomes


@transaction.atomic(durable=True)
def withdraw_voice(report_id: int, *, by: Person) -> None:
    """Pressed twice, it is done once."""
    report = lock_led({report_id}).get(report_id)
    if report is None:
        raise Missing("report.missing")

    # Of all that are merged, lest it come back when they part.
    thing = sorted(together_with({report.pk}))
    mine = Voice.objects.filter(community_id=report.community_id, report_id__in=thing, person_id=by.pk)
    stood = list(mine.order_by("report_id").values_list("report_id", flat=True))
    if stood:
        mine.delete()
        recount(stood)
        for pk in thing:
            stop_following(by.pk, Subject(Kind.ITEM, CODE, str(pk)), community_id=report.community_id)
        drop_pages(*(f"report:{pk}" for pk in stood))


def admit(new: NewVoice, report: Report | None) -> Report:
    if report is None or report.community_id != new.community_id or report.published_at is None:
        raise Missing("report.missing")
    joiner = Joiner(is_member=new.is_member, is_author=report.author_id == new.person_id)
    check_may_join(charter_of(report), State(report.state), joiner)
    return report


def count_more(more: Mapping[int, int]) -> None:
    for report_id, count in sorted(more.items()):
        Report.objects.filter(pk=report_id).update(voice_count=F("voice_count") + count)


def follow_joined(joined_by: Mapping[tuple[int, UUID], NewVoice]) -> None:
    """Every voice hears every news: it is a follower like any other, so nobody is told twice."""
    add_item_followers(
        [
            ItemFollower(person_id=person, community_id=new.community_id, item=str(pk), since=new.arrived_at)
            for (pk, person), new in joined_by.items()
        ],
        service=CODE,
        source="voice",
    )


def voice_of(person: Person, report: Report, *, now: datetime, follows: bool = True) -> NewVoice:
    """By a plain form."""
    return NewVoice(
        community_id=report.community_id,
        report_id=report.pk,
        person_id=person.pk,
        is_member=standing_of(person, report.community, now=now).is_member,
        arrived_at=now,
        follows=follows,
    )


def voice_from_intake(act_pass: ActPass, community_id: int, body: Mapping[str, Any], arrived_at: datetime) -> NewVoice:
    """Read what the page's script sent: {"report": 5}."""
    report_id = body.get("report")
    if not isinstance(report_id, int) or not 0 < report_id < MOST_ID:
        raise Invalid("report.missing")
    return NewVoice(
        community_id=community_id,
        report_id=report_id,
        person_id=act_pass.person_id,
        is_member=any(community == community_id for community, _code, _since in act_pass.memberships),
        arrived_at=arrived_at,
    )


def recount(report_ids: Iterable[int]) -> None:
    """After voices moved by hand: what is shown is what is there."""
    for report_id in sorted(set(report_ids)):
        count = Voice.objects.filter(report_id=report_id).count()
        Report.objects.filter(pk=report_id).update(voice_count=count)
