"""The bundle of signatures by КЕП has tax numbers in it: each signer finds in their own log who took it, and why."""

from datetime import datetime
from typing import Final

from django.db import transaction

from edem.foundation.identity.purposes import About, ReadPurpose
from edem.foundation.identity.reading import write_down
from edem.foundation.people.models import Person
from edem.services.petitions.models import Export
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
    signed = list(counted_on(petition).filter(channel=CHANNEL).values_list("person_id", flat=True))
    known = list(Person.objects.filter(pk__in=signed).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(known), AT_ONCE):
        write_down(
            known[start : start + AT_ONCE],
            OPENED,
            purpose=ReadPurpose.PETITION_LIST,
            by=export.asked_by,
            now=now,
            about=about,
        )
