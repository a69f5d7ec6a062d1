"""Reports from phones that waited for the network: a mass act, for a storm brings two hundred a second (decision 0042).

A batch is one commit: photos lie sealed as they came, one row a report. A job makes the reports (`unpacking`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from json import dumps
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from edem.foundation.communities.queries import charter_in_force
from edem.foundation.events.announcing import announce
from edem.foundation.files.actions import remove_files
from edem.foundation.identity.sealed_originals import Arrived, store_sealed_originals
from edem.foundation.intake.acts import Outcome
from edem.foundation.intake.rows import Column, insert_new
from edem.kernel.errors import Conflict, Missing, Refused
from edem.services.reports.actions.photographing import PURPOSE
from edem.services.reports.charter import ReportCharter
from edem.services.reports.events import ParcelsArrived
from edem.services.reports.queries.charters import CODE, read_version
from edem.services.reports.queries.parcels import communities_with_reports, senders_of
from edem.services.reports.rules.parcels import SentPhoto
from edem.services.reports.rules.sending import Sender, check_may_send
from edem.services.reports.rules.writing import Typed

_COLUMNS: Final = (
    Column("id", "uuid"),
    Column("community_id", "bigint"),
    Column("person_id", "uuid"),
    Column("typed", "jsonb"),
    Column("shots", "jsonb"),
    Column("method", "text"),
    Column("arrived_at", "timestamptz"),
    Column("came_with", "uuid"),
    Column("fault", "text"),
)


@dataclass(frozen=True, kw_only=True)
class NewParcel:
    """One report as its phone sent it. The same number again is the same report, whatever else it says."""

    id: UUID
    community_id: int
    person_id: UUID
    typed: Typed = field(compare=False)
    photos: Sequence[SentPhoto] = field(compare=False, repr=False)
    left_out: Sequence[str] = field(compare=False, default=())
    """What was said of photos that could not be taken."""
    is_member: bool = field(compare=False, default=False)
    method: str = field(compare=False, default="")
    arrived_at: datetime = field(compare=False)


@transaction.atomic(durable=True)
def take_parcels(batch: Sequence[NewParcel]) -> Mapping[NewParcel, Outcome]:
    """Acknowledge every report that may be sent: from here on it is not lost."""
    outcomes = known_before(batch)
    charters = charters_of(batch)

    admitted = []
    for new in batch:
        if new in outcomes:
            continue
        try:
            check_sender(new, charters.get(new.community_id))
        except Refused as refusal:
            outcomes[new] = Outcome.refused(refusal)
        else:
            admitted.append(new)

    came_with = uuid4()
    files = laid_down(admitted, charters)
    rows = [row_of(new, of_it, came_with=came_with) for new, of_it in zip(admitted, files, strict=True)]
    written = {known for (known,) in insert_new("reports_parcel", _COLUMNS, rows, key=("id",))}
    outcomes |= {new: taken(new) for new in admitted if new.id in written}
    forestalled = {new: of_it for new, of_it in zip(admitted, files, strict=True) if new.id not in written}
    if forestalled:  # the same came twice at once, and another process was first
        remove_files([each for of_it in forestalled.values() for each in of_it])
        outcomes |= known_before(list(forestalled))
    if written:
        announce(ParcelsArrived(came_with=came_with))
    return outcomes


def known_before(batch: Sequence[NewParcel]) -> dict[NewParcel, Outcome]:
    """What has come already: acknowledged again to its sender, refused to anybody else."""
    owners = senders_of([new.id for new in batch])
    outcomes, met = {}, dict[UUID, NewParcel]()
    for new in batch:
        if met.setdefault(new.id, new) is not new:
            outcomes[new] = Outcome.refused(Conflict("report.uuid_of_another"))
        elif new.id in owners:
            is_own = owners[new.id] == (new.community_id, new.person_id)
            outcomes[new] = taken(new) if is_own else Outcome.refused(Conflict("report.uuid_of_another"))
    return outcomes


def charters_of(batch: Iterable[NewParcel]) -> dict[int, ReportCharter]:
    """Of the communities that take reports at all."""
    moments = {new.community_id: new.arrived_at for new in batch}
    return {
        pk: read_version(charter_in_force(pk, CODE, now=moments[pk]).pk) for pk in communities_with_reports(moments)
    }


def check_sender(new: NewParcel, charter: ReportCharter | None) -> None:
    if charter is None:
        raise Missing("report.missing")
    sender = Sender(is_member=new.is_member, assurance=new.method)
    # A name that the charter shows anyway is no reason to lose a report: the job shows it.
    check_may_send(charter, sender, is_anonymous=False)


def laid_down(batch: Sequence[NewParcel], charters: Mapping[int, ReportCharter]) -> list[list[UUID]]:
    """The files of each, in its order; all of them are sealed and written before anybody is told."""
    arrived = [
        Arrived(
            content=photo.content,
            kind=photo.kind,
            name=photo.name,
            community_id=new.community_id,
            owner_id=new.person_id,
            purpose=PURPOSE,
            at=new.arrived_at,
        )
        for new in batch
        for photo in new.photos[: charters[new.community_id].photos_most]
    ]
    stored = iter(store_sealed_originals(arrived))
    return [[next(stored).pk for _ in new.photos[: charters[new.community_id].photos_most]] for new in batch]


def row_of(new: NewParcel, files: Sequence[UUID], *, came_with: UUID) -> Sequence[object]:
    shots = [{"file": str(pk), **photo.told()} for pk, photo in zip(files, new.photos, strict=False)]
    kept = dumps(new.typed.kept()), dumps(shots)
    return (new.id, new.community_id, new.person_id, *kept, new.method, new.arrived_at, came_with, "")


def taken(new: NewParcel) -> Outcome:
    facts: dict[str, Any] = {"id": str(new.id), "left_out": list(new.left_out)}
    return Outcome(facts=facts)
