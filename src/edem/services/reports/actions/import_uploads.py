"""A file of reports arrives and waits for a person to say which column is what."""

import json
from base64 import b64encode
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from edem.foundation.communities.models import Community
from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.foundation.people.outside.addresses import is_safe_address
from edem.foundation.people.sealing import seal_text
from edem.kernel.errors import Conflict, Invalid, Refused
from edem.services.reports.actions.importing import Ways, import_reports
from edem.services.reports.actions.receiver_client import Server, Silent
from edem.services.reports.events import ImportAsked
from edem.services.reports.models import ReportImport
from edem.services.reports.queries.importing import SEALED_FILE, file_of, ground_of, kept_of, settled_from
from edem.services.reports.rules.importing.fields import Settled, check_source
from edem.services.reports.rules.importing.planning import planned
from edem.services.reports.rules.importing.sheets import read_sheet
from edem.services.reports.rules.open311.answers import Record
from edem.ui.refusals import sentence_of

KEPT_FOR: Final = timedelta(days=7)
WINDOW: Final = timedelta(days=89)
MOST_PAGES: Final = 100


@transaction.atomic(durable=True)
def keep_upload(
    community: Community, content: bytes, *, source: str, file_name: str, by: Person, now: datetime
) -> ReportImport:
    """Only what can be read at all waits."""
    check_source(source)
    read_sheet(content)
    sealed = seal_text(b64encode(content).decode(), place=SEALED_FILE)
    return ReportImport.objects.create(
        community=community, source=source, file_name=file_name[:120], content=sealed, made_by=by, made_at=now
    )


@transaction.atomic(durable=True)
def keep_settled(upload: ReportImport, settled: Settled) -> None:
    upload.settled, upload.fault = kept_of(settled), ""
    upload.save(update_fields=["settled", "fault"])


@transaction.atomic(durable=True)
def ask_to_carry(upload: ReportImport, ways: Ways, *, anywhere: bool, by: Person, now: datetime) -> None:
    """Once, however often the button is pressed."""
    upload = ReportImport.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if upload.asked_at is not None or upload.done_at is not None:
        raise Conflict("report_import.done_already")
    upload.settled |= {"partial": ways.partial, "hand_out": ways.hand_out, "anywhere": anywhere}
    upload.asked_at, upload.fault = now, ""
    upload.save()
    announce(ImportAsked(import_id=upload.pk, person_id=by.pk))


def carry_asked(import_id: int, *, person_id: UUID, now: datetime) -> None:
    """What is refused now is said on the page of imports, and the file waits again."""
    upload = ReportImport.objects.select_related("community", "made_by").get(pk=import_id)
    if upload.asked_at is None or upload.done_at is not None:
        return
    kept, community = upload.settled, upload.community
    ways = Ways(partial=bool(kept.get("partial")), hand_out=bool(kept.get("hand_out")))
    try:
        ground = ground_of(community, anywhere=bool(kept.get("anywhere")))
        plan = planned(read_sheet(file_of(upload)), settled_from(kept), ground, now=now)
        by = Person.objects.get(pk=person_id)
        import_reports(community, plan, source=upload.source, ways=ways, by=by, now=now, upload=upload)
    except Refused as refusal:
        ReportImport.objects.filter(pk=import_id).update(asked_at=None, fault=sentence_of(refusal)[:300])


def pulled(url: str, *, since: datetime, now: datetime) -> bytes:
    """Everything an Open311 server has of these days, as one JSON list."""
    if not is_safe_address(url) or "?" in url:
        raise Invalid("report_import.unsafe_address", field="url")
    server = Server(url=url.removesuffix("/"), form="json", jurisdiction="", seconds=30)
    found: dict[str, Record] = {}
    start = since
    try:
        while start < now:
            end = min(start + WINDOW, now)
            for page in range(1, MOST_PAGES):
                fresh = [
                    each for each in server.requests_of(start, end, page=page)
                    if each.get("service_request_id", "") not in found
                ]  # fmt: skip
                found |= {each.get("service_request_id", ""): each for each in fresh}
                if not fresh:
                    break
            start = end
    except Silent:
        raise Invalid("report_import.not_fetched", field="url") from None
    return json.dumps(list(found.values()), ensure_ascii=False).encode()


def forget_old_uploads(*, now: datetime) -> None:
    ReportImport.objects.filter(done_at=None, asked_at=None, made_at__lt=now - KEPT_FOR).delete()
