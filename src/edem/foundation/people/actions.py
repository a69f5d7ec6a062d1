"""What changes about people: staff accounts and the roles they hold."""

import uuid
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from edem.foundation.communities.recording import Record, unrecorded
from edem.foundation.people.emergency.actions import close_with_its_grant
from edem.foundation.people.endings import work_ended
from edem.foundation.people.models import Person, RoleGrant
from edem.foundation.people.queries import lasting_roles_of, serves_only
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.kernel.ukrainian import sort_key


@transaction.atomic(durable=True)
def create_staff(
    login: str,
    *,
    display_name: str,
    password: str,
    community_id: int | None = None,
    record: Record = unrecorded,
    now: datetime,
) -> Person:
    """Open an account for a worker; nothing can be done with it before a role and a second factor."""
    _check_password(password)
    person = Person(login=login, display_name=display_name, name_key=sort_key(display_name), created_at=now)
    person.set_password(password)

    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as taken:
        raise Conflict("people.login_taken", login=login, field="login") from taken

    record("people.staff_created", community_id=community_id, subject=person, now=now)
    return person


@transaction.atomic(durable=True)
def grant_role(
    person_id: uuid.UUID,
    *,
    role: Role,
    community_id: int | None,
    organisation_id: int | None = None,
    by: Person | None,
    record: Record = unrecorded,
    now: datetime,
) -> RoleGrant:
    """Give a role; only the community's administrator or the platform's operator may. `by` None: the installation."""
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).order_by("pk").first()
    if person is None:
        raise Missing("people.no_such_person")

    _check_may_change_roles(by, community_id)
    if not person.is_staff:
        raise Invalid("people.staff_only")

    held = {"person": person, "role": role, "community_id": community_id, "organisation_id": organisation_id}
    grant, _ = RoleGrant.objects.get_or_create(**held, ended_at=None, defaults={"granted_by": by, "granted_at": now})

    record("people.role_granted", community_id=community_id, subject=grant, now=now, role=role, worker=str(person.pk))
    return grant


@transaction.atomic(durable=True)
def end_role(grant_id: int, *, by: Person | None, record: Record = unrecorded, now: datetime) -> None:
    """Take a role back from now on; that it was held stays known."""
    grant = RoleGrant.objects.select_for_update(of=("self",)).filter(pk=grant_id).order_by("pk").first()
    if grant is None or grant.ended_at is not None:
        raise Missing("people.no_such_grant")

    _check_may_change_roles(by, grant.community_id)

    grant.ended_at = now
    grant.ended_by = by
    grant.save(update_fields=["ended_at", "ended_by"])
    close_with_its_grant(grant, by=by, now=now)

    work_ended.send(sender=Person, person=grant.person, now=now)

    facts = {"role": grant.role, "worker": str(grant.person_id)}
    record("people.role_ended", community_id=grant.community_id, subject=grant, now=now, **facts)


@transaction.atomic(durable=True)
def close_account(
    person_id: uuid.UUID, *, community_id: int | None, by: Person, record: Record = unrecorded, now: datetime
) -> None:
    """The worker has left: every role ends, no door opens, whoever is in is out at once."""
    person = _worker(person_id)
    _check_may_change_roles(by, community_id)
    _check_serves_only_here(by, person, community_id=community_id)

    for grant in RoleGrant.objects.filter(person=person, ended_at=None, until__isnull=False).order_by("pk"):
        close_with_its_grant(grant, by=by, now=now)
    RoleGrant.objects.filter(person=person, ended_at=None).update(ended_at=now, ended_by=by)
    person.is_active = False
    person.save(update_fields=["is_active"])
    work_ended.send(sender=Person, person=person, now=now)

    record("people.staff_closed", community_id=community_id, subject=person, now=now)


def _worker(person_id: uuid.UUID) -> Person:
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).order_by("pk").first()
    if person is None or not person.is_staff or not person.is_active:
        raise Missing("people.no_such_person")
    return person


def _check_serves_only_here(by: Person, person: Person, *, community_id: int | None) -> None:
    """A community's administrator has no say over the account of someone who also works elsewhere."""
    if Role.PLATFORM_OPERATOR in lasting_roles_of(by, community_id):
        return
    if by.pk == person.pk or not serves_only(person, community_id):
        raise NotAllowed("people.serves_elsewhere")


def _check_may_change_roles(by: Person | None, community_id: int | None) -> None:
    if by is None:
        return
    held = lasting_roles_of(by, community_id)
    allowed = {Role.PLATFORM_OPERATOR} if community_id is None else {Role.PLATFORM_OPERATOR, Role.COMMUNITY_ADMIN}
    if not held & allowed:
        raise NotAllowed("people.may_not_grant")


def _check_password(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as weak:
        raise Invalid("people.weak_password", reasons=" ".join(weak.messages), field="password") from weak
