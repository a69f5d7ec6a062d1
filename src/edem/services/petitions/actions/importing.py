"""Bringing petitions over from another platform: their counts are carried as numbers, marked «перенесено»."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from edem.foundation.communities.models import CharterVersion, Community
from edem.foundation.communities.queries import charter_in_force
from edem.foundation.places.queries import working_calendar
from edem.foundation.search.indexing import index_documents
from edem.kernel.deadlines import ends_at, starts_of_day
from edem.kernel.errors import Refused
from edem.services.petitions.actions.indexing import document_of
from edem.services.petitions.actions.stepping import drop_lists
from edem.services.petitions.models import Petition, PetitionStep
from edem.services.petitions.queries.charters import CODE, read_version
from edem.services.petitions.rules.annex34_files import lines_of
from edem.services.petitions.rules.annex34_rows import ForeignPetition, read_row
from edem.services.petitions.rules.lifecycle import State


@dataclass(frozen=True, kw_only=True)
class Fault:
    line: int
    refusal: Refused


@dataclass(frozen=True, kw_only=True)
class Imported:
    read: int
    added: int
    changed: int
    own: int
    """Rows of our own export: they are here already and were left as they are."""
    faults: Sequence[Fault]


@transaction.atomic(durable=True)
def import_petitions(community: Community, content: bytes, *, now: datetime) -> Imported:
    """Load what can be read; a second import of the same file changes nothing."""
    version = charter_in_force(community.pk, CODE, now=now)
    rows, faults = read_rows(content)

    own = {row.uid for row in rows if row.uid.startswith(f"{community.slug}-")}
    foreign = {row.uid: row for row in rows if row.uid not in own}
    known = Petition.objects.select_for_update(of=("self",)).filter(community=community, source_uid__in=list(foreign))
    here = {petition.source_uid: petition for petition in known.order_by("pk")}
    petitions = [
        written(here.get(uid) or Petition(community=community, charter=version, source_uid=uid), row, now=now)
        for uid, row in foreign.items()
    ]

    new = [petition for petition in petitions if petition.pk is None]
    old = [petition for petition in petitions if petition.pk is not None]
    Petition.objects.bulk_create(new, batch_size=1000)
    Petition.objects.bulk_update(old, CARRIED, batch_size=500)
    PetitionStep.objects.bulk_create([step for petition in new for step in steps_of(petition)], batch_size=1000)
    index_documents([document_of(petition) for petition in petitions])
    drop_lists(community)
    return Imported(read=len(rows), added=len(new), changed=len(old), own=len(own), faults=faults)


CARRIED = (
    "title",
    "essence",
    "category",
    "author_name",
    "state",
    "imported_count",
    "published_at",
    "closes_at",
    "reached_at",
    "answered_at",
    "answer",
    "source_url",
    "source_answer_url",
)


def read_rows(content: bytes) -> tuple[list[ForeignPetition], list[Fault]]:
    rows: list[ForeignPetition] = []
    faults: list[Fault] = []
    for line, cells in lines_of(content):
        try:
            rows.append(read_row(cells))
        except Refused as refusal:
            faults.append(Fault(line=line, refusal=refusal))
    return rows, faults


def written(petition: Petition, row: ForeignPetition, *, now: datetime) -> Petition:
    petition.title, petition.essence, petition.category = row.title, row.text, row.kind
    petition.author_name, petition.imported_count = row.creator, row.count
    petition.source_url, petition.source_answer_url, petition.answer = row.url, row.answer_url, row.answer
    petition.created_at = petition.created_at or now
    petition.required = petition.required or read_version(petition.charter_id).threshold
    petition.published_at = starts_of_day(row.start) if row.start else None
    petition.answered_at = starts_of_day(row.answered) if row.answered else None
    petition.closes_at = end_of(petition.published_at, petition.charter, now=now)
    petition.state = row.state if petition.closes_at or row.state is not State.COLLECTING else State.FELL_SHORT
    petition.reached_at = petition.published_at if row.state is State.REACHED else None
    return petition


def end_of(published_at: datetime | None, charter: CharterVersion, *, now: datetime) -> datetime | None:
    if published_at is None:
        return None
    return ends_at(read_version(charter.pk).collection, published_at, working_calendar(now))


def steps_of(petition: Petition) -> list[PetitionStep]:
    """The road as far as the other platform told it: when it was published and when it was answered."""
    told = [(petition.published_at, "publish", State.COLLECTING), (petition.answered_at, "answer", State.ANSWERED)]
    return [
        PetitionStep(petition=petition, at=at, actor="import", step=step, to_state=state)
        for at, step, state in told
        if at is not None
    ]
