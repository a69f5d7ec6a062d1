"""Recording what staff do, in the transaction of the act itself."""

from datetime import date, datetime
from uuid import UUID

from django.db import models, transaction

from edem.foundation.audit.models import AuditEntry, kind_of
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of

Fact = str | int | bool | UUID | datetime | date | None


def record_staff_act(
    person: Person,
    act: str,
    *,
    community_id: int | None,
    subject: models.Model,
    now: datetime,
    **facts: Fact,
) -> None:
    """Append one entry; `facts` are codes, ids, numbers and moments, never what identifies a person."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record_staff_act() belongs inside the transaction of the act")
    AuditEntry.objects.create(
        at=now,
        person=person,
        roles=",".join(sorted(roles_of(person.pk, community_id))),
        community_id=community_id,
        act=act,
        subject_kind=kind_of(subject),
        subject_id=str(subject.pk),
        facts={name: _plain(value) for name, value in facts.items()},
    )


def _plain(value: Fact) -> str | int | bool | None:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
