"""What changes about outside sign-in: providers, the accounts linked to workers, invitations to link one."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from edem.foundation.communities.recording import Record, unrecorded
from edem.foundation.people.endings import work_ended
from edem.foundation.people.models import OutsideAccount, OutsideInvitation, OutsideProvider, Person
from edem.foundation.people.outside.addresses import is_safe_address
from edem.foundation.people.outside.codes import hash_of, new_code
from edem.foundation.people.queries import lasting_roles_of, serves_only
from edem.foundation.people.roles import Role
from edem.foundation.people.sealing import OUTSIDE, seal_text
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed

INVITATION_LIFE = timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class ProviderFacts:
    code: str
    name: str
    issuer: str
    client_id: str
    secret: str
    community_id: int | None = None
    second_factors: list[str] = field(default_factory=list)


@transaction.atomic(durable=True)
def add_provider(
    facts: ProviderFacts, *, by: Person | None, record: Record = unrecorded, now: datetime
) -> OutsideProvider:
    """Connect a city's provider; only the platform's operator may. `by` None: the installation."""
    if by is not None and Role.PLATFORM_OPERATOR not in lasting_roles_of(by, None):
        raise NotAllowed("people.may_not_connect")
    if not is_safe_address(facts.issuer):
        raise Invalid("people.unsafe_issuer", field="issuer")

    provider = OutsideProvider(
        code=facts.code,
        name=facts.name,
        community_id=facts.community_id,
        issuer=facts.issuer,
        client_id=facts.client_id,
        secret=seal_text(facts.secret, place=OUTSIDE),
        second_factors=facts.second_factors,
        made_by=by,
        made_at=now,
    )
    try:
        with transaction.atomic():
            provider.save(force_insert=True)
    except IntegrityError as taken:
        raise Conflict("people.provider_taken", taken=facts.code, field="code") from taken

    record("people.provider_connected", community_id=facts.community_id, subject=provider, now=now, issuer=facts.issuer)
    return provider


@transaction.atomic(durable=True)
def close_provider(provider_id: int, *, by: Person, record: Record, now: datetime) -> None:
    """Nobody comes through it from now on; whoever came through it and is in still stays until they leave."""
    if Role.PLATFORM_OPERATOR not in lasting_roles_of(by, None):
        raise NotAllowed("people.may_not_connect")
    provider = OutsideProvider.objects.select_for_update(of=("self",)).filter(pk=provider_id).order_by("pk").first()
    if provider is None or provider.closed_at is not None:
        raise Missing("people.no_such_provider")

    provider.closed_at = now
    provider.save(update_fields=["closed_at"])

    record("people.provider_closed", community_id=provider.community_id, subject=provider, now=now)


@transaction.atomic(durable=True)
def link_own_account(
    person: Person, provider: OutsideProvider, *, subject: str, record: Record, now: datetime
) -> OutsideAccount:
    """A worker links the account that they have just proved to be theirs."""
    account = _linked(person, provider, subject=subject, by=person, now=now)

    record("people.outside_linked", community_id=provider.community_id, subject=account, now=now)
    return account


@transaction.atomic(durable=True)
def invite_worker(
    person_id: uuid.UUID,
    provider: OutsideProvider,
    *,
    community_id: int,
    by: Person,
    record: Record,
    now: datetime,
) -> str:
    """Give the code of an invitation, for the administrator to hand over; it can be read only now."""
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).order_by("pk").first()
    if person is None or not person.is_active:
        raise Missing("people.no_such_person")

    _check_may_invite(by, person, provider, community_id=community_id)

    code = new_code()
    OutsideInvitation.objects.filter(person=person, provider=provider, used_at=None).delete()
    made = OutsideInvitation.objects.create(
        provider=provider, person=person, code_hash=hash_of(code), made_by=by, made_at=now,
        expires_at=now + INVITATION_LIFE,
    )  # fmt: skip

    record("people.outside_invited", community_id=community_id, subject=made, now=now, worker=str(person.pk))
    return code


@transaction.atomic(durable=True)
def accept_invitation(
    code: str, provider: OutsideProvider, *, subject: str, record: Record, now: datetime
) -> OutsideAccount:
    """Link the account that its holder has just proved to the worker who was invited."""
    invitations = OutsideInvitation.objects.select_for_update(of=("self",)).filter(
        code_hash=hash_of(code), provider=provider, used_at=None, expires_at__gt=now
    )
    invitation = invitations.select_related("person").order_by("pk").first()
    if invitation is None or not invitation.person.is_active:
        raise Missing("people.no_such_invitation")

    account = _linked(invitation.person, provider, subject=subject, by=invitation.made_by, now=now)
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])

    record("people.outside_linked", community_id=provider.community_id, subject=account, now=now)
    return account


@transaction.atomic(durable=True)
def unlink_account(account_id: int, *, by: Person, community_id: int | None, record: Record, now: datetime) -> None:
    """The account opens nothing from now on, and whoever is signed in by it is signed out."""
    accounts = OutsideAccount.objects.select_for_update(of=("self",)).select_related("person")
    account = accounts.filter(pk=account_id, ended_at=None).order_by("pk").first()
    if account is None:
        raise Missing("people.no_such_account")

    if account.person_id != by.pk:
        _check_serves_only_here(by, account.person, community_id=community_id)

    account.ended_at, account.ended_by = now, by
    account.save(update_fields=["ended_at", "ended_by"])
    if account.person_id != by.pk:
        work_ended.send(sender=Person, person=account.person, now=now)

    record("people.outside_ended", community_id=community_id, subject=account, now=now)


def _linked(person: Person, provider: OutsideProvider, *, subject: str, by: Person, now: datetime) -> OutsideAccount:
    account = OutsideAccount(person=person, provider=provider, subject=subject, linked_by=by, linked_at=now)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as taken:
        raise Conflict("people.outside_taken") from taken
    return account


def _check_may_invite(by: Person, person: Person, provider: OutsideProvider, *, community_id: int) -> None:
    if provider.community_id not in {None, community_id}:
        raise NotAllowed("people.foreign_provider")
    _check_serves_only_here(by, person, community_id=community_id)


def _check_serves_only_here(by: Person, person: Person, *, community_id: int | None) -> None:
    """A community's administrator has no say over the account of someone who also works elsewhere."""
    held = lasting_roles_of(by, community_id)
    if Role.PLATFORM_OPERATOR in held:
        return
    if Role.COMMUNITY_ADMIN not in held or not serves_only(person, community_id):
        raise NotAllowed("people.serves_elsewhere")
