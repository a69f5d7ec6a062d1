"""The house of the tests: the real rooms, a pass that is only a number, one mass act and one counter over one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import connection, transaction

import edem.config.asgi as front_door
from edem.config.front_door.opening import House
from edem.foundation.communities.directory import directory
from edem.foundation.intake import acts
from edem.foundation.intake.acts import TAKEN, MassAct, Outcome
from edem.foundation.intake.multipart import SentForm
from edem.foundation.intake.rows import Column, insert_new
from edem.foundation.live import counters
from edem.foundation.live.counters import LiveCounter, Shown
from edem.kernel.errors import Conflict, Invalid
from edem.ui.refusals import sentences


@dataclass(frozen=True, kw_only=True)
class NumberPass:
    person_id: UUID
    display_name: str = "Особа"
    assurance: str = "high"
    age: int | None = None
    marks: Mapping[str, str] = None
    memberships: Sequence[tuple[int, str, datetime]] = ()


def open_number(sealed: str, now: datetime) -> NumberPass | None:
    return NumberPass(person_id=UUID(int=int(sealed))) if sealed.isdigit() else None


@dataclass(frozen=True)
class Act:
    subject: int
    person: UUID
    at: datetime
    note: str = ""


def make(opened: NumberPass, community_id: int, body: Mapping[str, Any], arrived_at: datetime) -> Act:
    if not isinstance(body.get("subject"), int):
        raise Invalid("door.no_subject")
    return Act(body["subject"], opened.person_id, arrived_at, str(body.get("note", "")))


COLUMNS = (
    Column("subject", "bigint"),
    Column("person", "uuid"),
    Column("at", "timestamptz"),
    Column("note", "text"),
)


@transaction.atomic(durable=True)
def add_acts(batch: Sequence[Act]) -> Mapping[Act, Outcome]:
    subjects = sorted({each.subject for each in batch})
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM door_subject WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [subjects])
        known = {row[0] for row in cursor.fetchall()}
    for each in batch:
        if each.note == "bug":
            raise ZeroDivisionError
    admitted = {(each.subject, each.person): each for each in reversed(batch) if each.subject in known}
    rows = [(each.subject, each.person, each.at, each.note) for each in admitted.values()]
    added = insert_new("door_act", COLUMNS, rows, key=("subject", "person"))
    _count(added)
    taken = {admitted[key] for key in added}
    again = Outcome.refused(Conflict("door.again"))
    return {each: TAKEN if each in taken else again for each in batch}


def _count(added: set[tuple[Any, ...]]) -> None:
    moved = sorted({subject for subject, _ in added})
    more = [sum(1 for subject, _ in added if subject == each) for each in moved]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE door_subject SET acts = acts + n, moved = now() FROM unnest(%s::bigint[], %s::int[]) AS new(i, n) WHERE id = i",
            [moved, more],
        )


@dataclass(frozen=True)
class Parcel:
    person: UUID
    sizes: tuple[int, ...]


def make_parcel(opened: NumberPass, community_id: int, form: SentForm, arrived_at: datetime) -> Parcel:
    del community_id, arrived_at
    return Parcel(opened.person_id, tuple(len(each.content) for each in form.files))


def take_parcels(batch: Sequence[Parcel]) -> Mapping[Parcel, Outcome]:
    return {each: Outcome(facts={"sizes": list(each.sizes)}) for each in batch}


def read(ids: Sequence[int], since: datetime | None) -> Mapping[int, Shown]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, acts FROM door_subject WHERE id = ANY(%s)", [list(ids)])
        community_id = directory().ids["misto"]
        return {number: Shown(community_id=community_id, payload={"count": n}) for number, n in cursor.fetchall()}


cast(dict, sentences()).update({"door.again": "Ви вже тут були.", "door.no_subject": "Вкажіть, чого стосується дія."})
acts.register(MassAct(name="touch", make=make, act=add_acts, thanks="Враховано."))
acts.register(MassAct(name="parcel", make=make_parcel, act=take_parcels, thanks="Прийнято.", largest_form=300_000))
counters.register(LiveCounter(name="touches", read=read))
front_door.house = House(open_number)
application = front_door.application
