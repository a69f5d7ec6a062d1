"""Taking whole sets of signatures off the count and putting them back: a few statements, whatever the size."""

from collections import Counter
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from edem.kernel.deadlines import KYIV
from edem.services.petitions.actions.counting import Moved, Tallies, announce_moved, shift
from edem.services.petitions.models import Petition, Signature

_REMOVE: Final = """
INSERT INTO petitions_signatureremoval (community_id, petition_id, mark, exclusion_id, at)
SELECT chosen.community_id, chosen.petition_id, chosen.mark, %s, %s FROM ({chosen}) AS chosen
"""


def take_off_set(petition: Petition, chosen: QuerySet[Signature], *, exclusion_id: int, now: datetime) -> Moved:
    """Count these signatures no more; the caller holds the petition's lock, so nobody withdraws one meanwhile."""
    tallies = tallies_of(chosen)
    sql, given = chosen.order_by().values_list("community_id", "petition_id", "mark").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_REMOVE.format(chosen=sql), [exclusion_id, now, *given])
    return shift(petition, Counter({key: -count for key, count in tallies.items()}), now=now)


def put_back_set(petition: Petition, restored: QuerySet[Signature], *, now: datetime) -> Moved:
    """Count them again; what brings a petition over its threshold announces it, as any signature would."""
    moved = shift(petition, tallies_of(restored), now=now)
    announce_moved([moved], now=now)
    return moved


def tallies_of(signatures: QuerySet[Signature]) -> Tallies:
    by_way = (
        signatures.order_by().annotate(day=TruncDate("signed_at", tzinfo=KYIV)).values("day", "channel", "assurance")
    )
    rows = by_way.annotate(number=Count("mark")).order_by("day", "channel", "assurance")
    return Counter({(row["day"], row["channel"], row["assurance"]): row["number"] for row in rows})
