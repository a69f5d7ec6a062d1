"""Exports: asked for, made at once or by a job, taken, removed after their days; every asking and taking audited."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction
from django.utils.translation import override

from edem.foundation.events.announcing import announce
from edem.foundation.files.actions import remove_files
from edem.foundation.files.models import StoredFile
from edem.foundation.files.rules import Kind
from edem.foundation.identity.sealed_files import keep_sealed, store_made_sealed
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Missing
from edem.services.petitions.actions.kep_exporting import tell_signers
from edem.services.petitions.actions.moderating import log
from edem.services.petitions.events import ExportAsked
from edem.services.petitions.models import Export, Petition
from edem.services.petitions.queries import kep_bundle
from edem.services.petitions.queries.actors import actors_of
from edem.services.petitions.queries.council_bundle import bundle
from edem.services.petitions.queries.export_papers import Progress, SignersList, list_for, papers, workbook
from edem.services.petitions.queries.exports import exports_to_remove, kep_files_of
from edem.services.petitions.rules.exports import AT_ONCE, ExportKind, ExportState, check_may_ask

PURPOSE = keep_sealed("petitions.export")


@transaction.atomic(durable=True)
def ask_export(petition_id: int, kind: ExportKind, *, by: Person, now: datetime, at_desk: bool) -> int:
    """Note what is wanted; a long list is left to a job."""
    petition = Petition.objects.filter(pk=petition_id).order_by("pk").first()
    if petition is None or petition.published_at is None:
        raise Missing("petition.missing")

    check_may_ask(kind, actors_of(by, petition), at_desk=at_desk)
    if petition.list_erased_at is not None:
        raise Conflict("export.list_erased")
    if kind is ExportKind.KEP and not at_desk and not kep_files_of(petition)[1]:
        raise Conflict("export.no_files_for_author")

    export = Export.objects.create(
        community_id=petition.community_id,
        petition=petition,
        kind=kind,
        for_council=at_desk,
        asked_by=by,
        asked_at=now,
        total=petition.signature_count,
    )
    if export.total > AT_ONCE:
        announce(ExportAsked(export_id=export.pk))
    if export.for_council:
        log(petition, "petition.export_asked", by=by, now=now)
    return export.pk


def make_if_short(export_id: int, *, now: datetime) -> None:
    """A short list is ready before its page opens."""
    if Export.objects.filter(pk=export_id, total__lte=AT_ONCE).exists():
        make_export(export_id, now=now)


def make_export(export_id: int, *, now: datetime) -> None:
    """Write the file; the work is outside a transaction, so that its progress can be seen."""
    export = start(export_id)
    if export is None:
        return
    with override("uk"):  # official papers are in Ukrainian, whatever language was chosen
        listed = list_for(export, now=now)
        Export.objects.filter(pk=export.pk).update(total=len(listed.signers), sha256=listed.digest)
        name, kind, content = made(export, listed, told=lambda done: tell(export.pk, done))
    if export.kind == ExportKind.KEP:
        tell_signers(export, now=now)
    finish(export, content, name=name, kind=kind, now=now)


@transaction.atomic(durable=True)
def start(export_id: int) -> Export | None:
    """None if it is made already; one that a crash left half made is begun again."""
    found = Export.objects.select_for_update(of=("self",), no_key=True).filter(
        pk=export_id, state__in=[ExportState.WAITING, ExportState.MAKING]
    )
    export = found.select_related("petition__community", "petition__charter").order_by("pk").first()
    if export is not None:
        export.state, export.done = ExportState.MAKING, 0
        export.save(update_fields=["state", "done"])
    return export


def tell(export_id: int, done: int) -> None:
    Export.objects.filter(pk=export_id).update(done=done)


def made(export: Export, listed: SignersList, *, told: Progress) -> tuple[str, Kind, bytes]:
    stem = f"petition-{export.petition.number or export.petition_id}"
    if export.kind == ExportKind.SIGNERS_XLSX:
        return f"{stem}-signers.xlsx", Kind.XLSX, workbook(listed)
    if export.kind == ExportKind.COUNCIL:
        return f"{stem}-council.zip", Kind.ZIP, packed(bundle(listed, told=told))
    if export.kind == ExportKind.KEP:
        return (
            f"{stem}-kep.zip",
            Kind.ZIP,
            packed(kep_bundle.bundle(export.petition, for_author=not export.for_council, told=told)),
        )
    parts = list(papers(listed, told=told))
    if len(parts) == 1:
        return f"{stem}-signers.pdf", Kind.PDF, parts[0][1]
    return f"{stem}-signers.zip", Kind.ZIP, packed(parts)


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP with a SHA256SUMS that `sha256sum --check` reads."""
    package, sums = BytesIO(), []
    with ZipFile(package, "w", ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
            sums.append(f"{sha256(content).hexdigest()}  {name}\n")
        archive.writestr("SHA256SUMS", "".join(sums))
    return package.getvalue()


@transaction.atomic(durable=True)
def finish(export: Export, content: bytes, *, name: str, kind: Kind, now: datetime) -> None:
    stored = store_made_sealed(
        content, name=name, kind=kind, community=export.petition.community, purpose=PURPOSE, now=now
    )
    waiting = Export.objects.filter(pk=export.pk, state=ExportState.MAKING)
    if not waiting.update(state=ExportState.READY, file=stored, ready_at=now, done=export.petition.signature_count):
        remove_files([stored.pk])  # somebody else was faster


@transaction.atomic(durable=True)
def take_export(export_id: int, *, by: Person, now: datetime) -> StoredFile:
    """Give the file out; that a member of staff took it is noted."""
    export = Export.objects.select_related("petition", "file").get(pk=export_id)

    if export.state == ExportState.REMOVED:
        raise Conflict("export.removed")
    if export.file is None:
        raise Conflict("export.not_ready")

    if export.for_council:
        log(export.petition, "petition.export_taken", by=by, now=now)
    return export.file


def remove_old_exports(*, now: datetime) -> int:
    """Take the files away when their days are over; that they were made stays known."""
    old = exports_to_remove(now)
    for export_id, file_id in old:
        with transaction.atomic(durable=True):
            Export.objects.filter(pk=export_id).update(state=ExportState.REMOVED, file=None)
            remove_files([file_id])
    return len(old)
