"""The bundle of signatures by КЕП has tax numbers in it: each signer finds in their own log who took it, and why."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from edem.foundation.identity.purposes import About, ReadPurpose
from edem.foundation.identity.reading import write_down
from edem.foundation.people.models import Person
from edem.services.petitions.models import Export, KepEvidence
from edem.services.petitions.queries.signatures import counted_on
from edem.services.petitions.rules.kep import CHANNEL

OPENED: Final = ("last_name", "given_name", "middle_name", "tax_number")
"""What stands in a certificate."""
AT_ONCE: Final = 1_000


@transaction.atomic(durable=True)
def tell_signers(export: Export, *, now: datetime) -> None:
    petition = export.petition
    about = About(
        kind="petitions.petition",
        number=str(petition.number or petition.pk),
        community_id=export.community_id,
        path=f"/petitions/{petition.pk}/",
    )
    known = list(Person.objects.filter(pk__in=handed_out(export)).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(known), AT_ONCE):
        write_down(
            known[start : start + AT_ONCE],
            OPENED,
            purpose=ReadPurpose.PETITION_LIST,
            by=export.asked_by,
            now=now,
            about=about,
        )


def handed_out(export: Export) -> "QuerySet[KepEvidence, UUID]":
    """Whose files are in the bundle: for the author, of those who let him have theirs."""
    counted = counted_on(export.petition).filter(channel=CHANNEL).order_by("mark")
    files = KepEvidence.objects.filter(community_id=export.community_id, petition_id=export.petition_id)
    given = files if export.for_council else files.filter(is_for_author=True)
    return given.filter(mark__in=counted.values("mark")).order_by("mark").values_list("person_id", flat=True)
