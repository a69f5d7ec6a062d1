"""Taking one's own signature back: once, for good, and only while the petition collects (charter)."""

from datetime import datetime

from django.db import transaction

from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Missing
from edem.services.petitions.actions.counting import take_off
from edem.services.petitions.actions.stepping import lock, show_anew
from edem.services.petitions.models import WITHDRAWN
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.queries.own_signature import own_signature, removals_of
from edem.services.petitions.queries.pages import progress_of
from edem.services.petitions.rules.withdrawal import check_may_take_back


@transaction.atomic(durable=True)
def withdraw_signature(petition_id: int, *, by: Person, now: datetime) -> None:
    """Count the person's signature no more; asked twice, it is done once."""
    petition = lock(petition_id)

    signature = own_signature(petition, by, now=now)
    if signature is None:
        raise Missing("petition.nothing_to_withdraw")
    taken_off_by = removals_of(signature)
    if WITHDRAWN in taken_off_by:
        return
    if taken_off_by:
        raise Conflict("petition.signature_excluded")
    check_may_take_back(progress_of(petition), charter_of(petition), now)

    take_off(petition, [signature], now=now)
    show_anew(petition)
