"""What exports are made of, and who finds which of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from edem.foundation.communities.models import Community
from edem.foundation.documents.facts import printable
from edem.foundation.people.models import Person
from edem.kernel.deadlines import KYIV
from edem.kernel.errors import Missing
from edem.services.petitions.models import Export, KepEvidence, KepText, Petition
from edem.services.petitions.queries.actors import actors_of
from edem.services.petitions.queries.signatures import counted_on
from edem.services.petitions.rules.channels import channel_label
from edem.services.petitions.rules.exports import (
    EXPORT_LABELS,
    KEPT_FOR,
    ExportKind,
    ExportState,
    check_may_ask,
    may_ask,
)
from edem.services.petitions.rules.kep import CHANNEL
from edem.services.petitions.rules.signers_list import Signer

SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class ExportShown:
    """One export as its pages show it."""

    export: Export
    label: str
    is_ready: bool
    is_removed: bool
    removed_on: datetime | None


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The kinds that a reader may ask for, and what was made before."""

    petition: Petition
    kinds: Sequence[ExportKind]
    made: Sequence[ExportShown]
    kep_files: int = 0
    """How many signed by КЕП over the text."""
    kep_given: int = 0
    """How many of them let the author have their file."""


def shown_export(export: Export) -> ExportShown:
    return ExportShown(
        export=export,
        label=EXPORT_LABELS[ExportKind(export.kind)],
        is_ready=export.state == ExportState.READY and export.file is not None,
        is_removed=export.state == ExportState.REMOVED,
        removed_on=export.ready_at + KEPT_FOR if export.ready_at else None,
    )


def signers_of(petition: Petition) -> list[Signer]:
    """Those whose signatures hold, numbered without gaps, read in one statement: one moment's list."""
    rows = counted_on(petition).values_list("public_name", "signed_at", "channel")
    labels = {}
    signers = []
    for number, (name, signed_at, channel) in enumerate(rows.iterator(chunk_size=5_000), start=1):
        if channel not in labels:
            labels[channel] = _(channel_label(channel))
        day = signed_at.astimezone(KYIV).date()
        signers.append(Signer(number=number, name=printable(" ".join(name.split())), on=day, channel=labels[channel]))
    return signers


def offer_of(petition: Petition, *, reader: Person, at_desk: bool) -> Offer:
    """A stranger to the petition finds nothing here."""
    actors = actors_of(reader, petition)
    files, given = kep_files_of(petition)
    has_kep = KepText.objects.filter(petition=petition).exists() if at_desk else given > 0
    kinds = [kind for kind in ExportKind if may_ask(kind, actors, at_desk=at_desk) and (has_kep or kind != "kep")]
    if not kinds or petition.published_at is None:
        raise Missing("petition.missing")
    made = made_for(petition, reader=reader, at_desk=at_desk)[:SHOWN]
    shown = [shown_export(each) for each in made]
    return Offer(petition=petition, kinds=kinds, made=shown, kep_files=files, kep_given=given)


def kep_files_of(petition: Petition) -> tuple[int, int]:
    """Of the signatures that hold: how many files there are, and how many the author may have."""
    marks = counted_on(petition).filter(channel=CHANNEL).order_by("mark").values("mark")
    files = KepEvidence.objects.filter(community_id=petition.community_id, petition_id=petition.pk, mark__in=marks)
    found = files.order_by().aggregate(all=Count("mark"), given=Count("mark", filter=Q(is_for_author=True)))
    return found["all"], found["given"]


def made_for(petition: Petition, *, reader: Person, at_desk: bool) -> QuerySet[Export]:
    """Staff find each other's files; the author only their own."""
    found = Export.objects.filter(petition=petition, for_council=at_desk).select_related("file", "asked_by")
    return (found if at_desk else found.filter(asked_by=reader)).order_by("-asked_at", "-pk")


def export_for(community: Community, petition_id: int, export_id: int, *, reader: Person, at_desk: bool) -> Export:
    found = Export.objects.select_related("petition__community", "file")
    export = found.filter(community=community, petition_id=petition_id, pk=export_id).order_by("pk").first()
    if export is None or not made_for(export.petition, reader=reader, at_desk=at_desk).filter(pk=export.pk).exists():
        raise Missing("export.missing")
    check_may_ask(ExportKind(export.kind), actors_of(reader, export.petition), at_desk=at_desk)
    return export


def exports_to_remove(now: datetime) -> Sequence[tuple[int, UUID]]:
    """Keys of exports whose days are over, with their files."""
    old = Export.objects.filter(state=ExportState.READY, ready_at__lt=now - KEPT_FOR, file__isnull=False)
    return [(pk, file) for pk, file in old.order_by("ready_at", "pk").values_list("pk", "file_id") if file]
