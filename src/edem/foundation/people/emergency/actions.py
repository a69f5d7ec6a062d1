"""Emergency access is opened, closed by hand or by the clock, and reviewed by somebody else."""

from datetime import datetime

from django.db import IntegrityError, transaction

from edem.foundation.communities.recording import Record
from edem.foundation.events import announce
from edem.foundation.people.emergency.rules import CLOSERS, REVIEWERS, check_request
from edem.foundation.people.endings import work_ended
from edem.foundation.people.events import EmergencyClosed, EmergencyOpened
from edem.foundation.people.models import EmergencyAccess, Person, RoleGrant
from edem.foundation.people.queries import lasting_roles_of
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, Missing, NotAllowed


@transaction.atomic(durable=True)
def open_emergency(
    person: Person,
    *,
    community_id: int,
    role: Role,
    reason: str,
    until: datetime,
    record: Record,
    now: datetime,
) -> EmergencyAccess:
    """Take a role till `until`; the page has asked for the second factor once more."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _close_ended(now=now)

    held = lasting_roles_of(person, community_id)
    if not held & {Role.ON_CALL, Role.PLATFORM_OPERATOR}:
        raise NotAllowed("people.not_on_call")
    if role in held:
        raise Conflict("people.emergency_not_needed", field="role")
    check_request(role=role, reason=reason, until=until, now=now)

    try:
        with transaction.atomic():
            grant = RoleGrant.objects.create(
                person=person, community_id=community_id, role=role, granted_by=person, granted_at=now, until=until
            )
            access = EmergencyAccess.objects.create(
                community_id=community_id, person=person, grant=grant, role=role, reason=reason.strip(),
                opened_at=now, until=until,
            )  # fmt: skip
    except IntegrityError as open_already:
        raise Conflict("people.emergency_open_already") from open_already

    announce(EmergencyOpened(emergency_id=access.pk, until=until))
    record("people.emergency_opened", community_id=community_id, subject=access, now=now, role=role, until=f"{until}")
    return access


@transaction.atomic(durable=True)
def close_emergency(emergency_id: int, *, community_id: int, by: Person, record: Record, now: datetime) -> None:
    """By hand, before its term: the holder, the administrator or the control body."""
    accesses = EmergencyAccess.objects.select_for_update(of=("self",)).select_related("grant", "person")
    access = accesses.filter(pk=emergency_id, community_id=community_id, closed_at=None).order_by("pk").first()
    if access is None:
        raise Missing("people.no_such_emergency")

    is_holder = access.person_id == by.pk
    if not is_holder and not lasting_roles_of(by, community_id) & CLOSERS:
        raise NotAllowed("people.may_not_close_emergency")

    _close(access, at=min(now, access.until), by=by)
    if not is_holder:
        work_ended.send(sender=Person, person=access.person, now=now)

    record("people.emergency_closed", community_id=community_id, subject=access, now=now)


@transaction.atomic(durable=True)
def close_ended_emergencies(*, now: datetime) -> None:
    """The clock's part: whoever held one is signed out, so that nothing of it stays open on a screen."""
    for access in _close_ended(now=now):
        work_ended.send(sender=Person, person=access.person, now=now)


@transaction.atomic(durable=True)
def review_emergency(
    emergency_id: int,
    *,
    community_id: int,
    finding: EmergencyAccess.Finding,
    conclusion: str,
    by: Person,
    record: Record,
    now: datetime,
) -> None:
    """Another officer says whether there was a reason; nobody judges their own."""
    accesses = EmergencyAccess.objects.select_for_update(of=("self",))
    access = accesses.filter(pk=emergency_id, community_id=community_id).order_by("pk").first()
    if access is None:
        raise Missing("people.no_such_emergency")
    if access.closed_at is None or access.reviewed_at is not None:
        raise Conflict("people.emergency_not_to_review")
    if access.person_id == by.pk or not lasting_roles_of(by, community_id) & REVIEWERS:
        raise NotAllowed("people.may_not_review")

    access.finding, access.conclusion = finding, conclusion
    access.reviewed_at, access.reviewed_by = now, by
    access.save(update_fields=["finding", "conclusion", "reviewed_at", "reviewed_by"])

    record("people.emergency_reviewed", community_id=community_id, subject=access, now=now, finding=finding)


def close_with_its_grant(grant: RoleGrant, *, by: Person | None, now: datetime) -> None:
    """The administrator has taken the role itself back."""
    for access in EmergencyAccess.objects.filter(grant=grant, closed_at=None).order_by("pk"):
        _close(access, at=min(now, access.until), by=by)


def _close_ended(*, now: datetime) -> list[EmergencyAccess]:
    accesses = EmergencyAccess.objects.select_for_update(of=("self",)).select_related("grant", "person")
    ended = list(accesses.filter(closed_at=None, until__lte=now).order_by("pk"))
    for access in ended:
        _close(access, at=access.until, by=None)
    return ended


def _close(access: EmergencyAccess, *, at: datetime, by: Person | None) -> None:
    RoleGrant.objects.filter(pk=access.grant_id, ended_at=None).update(ended_at=at, ended_by=by)
    access.closed_at, access.closed_by = at, by
    access.save(update_fields=["closed_at", "closed_by"])
    announce(EmergencyClosed(emergency_id=access.pk))
