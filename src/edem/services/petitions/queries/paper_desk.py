"""The clerks' queue: sheets to finish and to confirm, sorted by the end of their petition's collection."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from edem.foundation.catalog.manifest import QueueItem
from edem.foundation.communities.models import Community
from edem.services.petitions.queries.paper import SheetRow, sheet_rows, sheets_waiting


def paper_in_hand(community: Community, now: datetime) -> Sequence[QueueItem]:
    return [item_of(row) for row in sheet_rows(sheets_waiting(community), now=now)]


def item_of(row: SheetRow) -> QueueItem:
    sheet = row.sheet
    return QueueItem(
        title=sheet.petition.title,
        path=f"/petitions/{sheet.petition_id}/paper/{sheet.pk}/",
        state=_(row.look.label),
        tone=row.look.tone,
        shape=row.look.shape,
        due=row.due_at,
        holder="",
        number=_("Лист № %(number)s") % {"number": sheet.number},
    )
