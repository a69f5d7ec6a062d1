"""Writes down who looked into the vault, or found somebody by it: in the same transaction as the look itself."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from edem.foundation.identity.models import VaultReading
from edem.foundation.identity.purposes import NOTHING_IN_PARTICULAR, About, ReadPurpose
from edem.foundation.people.models import Person, RoleGrant
from edem.foundation.people.roles import Role

_LONGEST_REASON = 300


def write_down(
    people: Collection[UUID],
    fields: Collection[str],
    *,
    purpose: ReadPurpose,
    by: Person | None,
    now: datetime,
    reason: str = "",
    about: About = NOTHING_IN_PARTICULAR,
) -> None:
    """One line in the log of each person; with no fields it was a look-up that opened nothing."""
    roles, organisation_id = _capacity_of(by, about.community_id)
    VaultReading.objects.bulk_create(
        VaultReading(
            person_id=person_id,
            reader=by,
            roles=roles,
            organisation_id=organisation_id,
            purpose=purpose,
            fields=sorted(fields),
            reason=reason[:_LONGEST_REASON],
            community_id=about.community_id,
            about_kind=about.kind,
            about_number=about.number,
            about_path=about.path,
            at=now,
        )
        for person_id in people
    )


def _capacity_of(reader: Person | None, community_id: int | None) -> tuple[str, int | None]:
    """The roles that the reader holds there at that moment, and where they work: both may be taken back later."""
    if reader is None:
        return "", None
    held = RoleGrant.objects.filter(person=reader, ended_at__isnull=True).exclude(role=Role.RESIDENT)
    here = [grant for grant in held.order_by("pk") if grant.community_id in {None, community_id}]
    organisation = next((grant.organisation_id for grant in here if grant.organisation_id), None)
    return ",".join(sorted({grant.role for grant in here})), organisation
