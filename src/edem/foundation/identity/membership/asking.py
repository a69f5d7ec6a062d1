"""Asking the register where somebody is registered: each time is written down for the person before it is asked."""

import uuid
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.models import Community
from edem.foundation.identity import vault
from edem.foundation.identity.membership.by_address import decide_by_address
from edem.foundation.identity.membership.register import connected_register
from edem.foundation.identity.membership.settling import membership_charter
from edem.foundation.identity.models import VaultReading
from edem.foundation.identity.proposals.desk import check_may_decide, locked
from edem.foundation.identity.purposes import About, ReadPurpose
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, NotAllowed
from edem.kernel.ukrainian import N_

REGISTER_EVIDENCE: Final = N_("Місце проживання за державним реєстром")
AGAIN_AFTER: Final = timedelta(days=1)
"""How often the platform or the person may have it asked; a clerk with the person before them may ask at any time."""
PLATFORM: Final = "e-dem"


class Outcome(StrEnum):
    MEMBER = "member"
    """The address was certain, and membership follows it: here, or in another community."""
    UNKNOWN = "unknown"
    """The register does not know the person, or its address leads to no settlement for certain."""


def ask_register(person_id: uuid.UUID, *, community_id: int, by: Person | None, now: datetime) -> Outcome:
    """Nothing is locked while the far side thinks; what it says is used at once and not kept."""
    register = connected_register()
    if register is None:
        raise Conflict("identity.register_absent")
    number, born_on = _about_whom(person_id, community_id=community_id, by=by, now=now)
    address = register.address_of(number, born_on=born_on, user_id=str(by.pk) if by else PLATFORM)
    return _decide(person_id, address, community_id=community_id, by=by, now=now)


def was_asked_lately(person: Person, *, now: datetime) -> bool:
    readings = VaultReading.objects.filter(person=person, purpose=ReadPurpose.REGISTER, at__gt=now - AGAIN_AFTER)
    return readings.exists()


def may_ask_register(person: Person, community: Community, *, now: datetime) -> bool:
    """Whether the button stands on the resident's own page."""
    if connected_register() is None or not membership_charter(community.pk, now=now).asks_register:
        return False
    return not was_asked_lately(person, now=now)


@transaction.atomic(durable=True)
def _about_whom(person_id: uuid.UUID, *, community_id: int, by: Person | None, now: datetime) -> tuple[str, str]:
    person = locked(person_id)

    if by is not None:
        check_may_decide(by, community_id)
    elif was_asked_lately(person, now=now):
        raise Conflict("identity.register_asked_lately")

    about = About(community_id=community_id)
    fields = ("tax_number", "born_on")
    known = vault.read(person, fields, purpose=ReadPurpose.REGISTER, by=by, now=now, about=about)
    if not known["tax_number"]:
        raise NotAllowed("identity.register_needs_number")
    return known["tax_number"], known["born_on"]


@transaction.atomic(durable=True)
def _decide(
    person_id: uuid.UUID, address: str | None, *, community_id: int, by: Person | None, now: datetime
) -> Outcome:
    person = locked(person_id)

    found = address is not None and decide_by_address(
        person, locality="", state="", address=address, now=now, evidence=REGISTER_EVIDENCE
    )

    if by is not None:
        record_staff_act(by, "identity.ask_register", community_id=community_id, subject=person, now=now)
    return Outcome.MEMBER if found else Outcome.UNKNOWN
