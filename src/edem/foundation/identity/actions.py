"""What changes about identity: people come in, memberships are decided, consents and sessions end."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.models import Community
from edem.foundation.identity import vault
from edem.foundation.identity.claims import Claims
from edem.foundation.identity.consent_text import VERSION
from edem.foundation.identity.ending import end_sessions_of
from edem.foundation.identity.evidence import ADDRESS_EVIDENCE, check_evidence
from edem.foundation.identity.marks import sign_in_marks
from edem.foundation.identity.matching import match_of
from edem.foundation.identity.models import Consent, MembershipFact, SignIn, SignInMark
from edem.foundation.identity.purposes import About, ReadPurpose
from edem.foundation.identity.queries import person_known_by, person_with_number
from edem.foundation.identity.reading import write_down
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.foundation.places.models import Unit
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.kernel.ukrainian import sort_key

DECIDE_MEMBERSHIP = (Role.OFFICER, Role.CLERK, Role.COMMUNITY_ADMIN)


def admit_person(claims: Claims, *, consents: bool, now: datetime) -> Person:
    """Find the person of these claims or make them; of two first sign-ins at once one finds what the other made."""
    try:
        return _admit(claims, consents=consents, now=now)
    except IntegrityError:
        return _admit(claims, consents=consents, now=now)


@transaction.atomic(durable=True)
def _admit(claims: Claims, *, consents: bool, now: datetime) -> Person:
    known = person_known_by(claims)
    person = Person.objects.select_for_update(of=("self",)).get(pk=known.pk) if known else None

    if person is not None and not person.is_active:
        raise NotAllowed("identity.person_closed")
    if person is None and not consents:
        raise NotAllowed("identity.consent_needed")

    person = _refreshed(person, claims) if person else _new_person(claims, now)
    _remember_marks(person, claims)
    vault.store(person, claims, now=now)
    vault.seal_facts(person, claims.identifiers, born_on=claims.born_on, now=now)
    _decide_by_address(person, claims, now)
    if consents:
        Consent.objects.get_or_create(person=person, version=VERSION, withdrawn_at=None, defaults={"given_at": now})

    return person


@transaction.atomic(durable=True)
def decide_membership(
    person_id: uuid.UUID, *, community_id: int, settlement_code: str, evidence: str, by: Person, now: datetime
) -> MembershipFact:
    """An officer has seen a document that proves membership; the document itself is not kept."""
    person = _locked(person_id)

    _check_may_decide(by, community_id)
    check_evidence(evidence)
    _check_settlement(settlement_code, community_id)
    if MembershipFact.objects.filter(person=person, community_id=community_id, until__isnull=True).exists():
        raise Conflict("identity.already_member")

    fact = MembershipFact.objects.create(
        person=person,
        community_id=community_id,
        settlement_code=settlement_code,
        since=now,
        basis=MembershipFact.Basis.OFFICER,
        evidence=evidence,
        decided_at=now,
        decided_by=by,
    )

    record_staff_act(by, "identity.decide_membership", community_id=community_id, subject=fact, now=now)
    return fact


@transaction.atomic(durable=True)
def find_person(number: str, *, community_id: int, by: Person, now: datetime) -> Person:
    """Find whom a clerk has before them by the document they show; that somebody looked is audited."""
    _check_may_decide(by, community_id)
    person = person_with_number(number)
    if person is None:
        raise Missing("identity.nobody_with_number")

    looked = About(community_id=community_id)
    write_down([person.pk], (), purpose=ReadPurpose.FINDING, by=by, now=now, about=looked)
    record_staff_act(by, "identity.find_person", community_id=community_id, subject=person, now=now)
    return person


@transaction.atomic(durable=True)
def end_membership(fact_id: int, *, by: Person, now: datetime) -> None:
    """From now on the person does not belong to the community; what they did before stands."""
    facts = MembershipFact.objects.select_for_update(of=("self",))
    fact = facts.filter(pk=fact_id, until__isnull=True).order_by("pk").first()
    if fact is None:
        raise Missing("identity.no_membership")

    _check_may_decide(by, fact.community_id)

    fact.until = now
    fact.save(update_fields=["until"])
    end_sessions_of(fact.person, now=now)

    record_staff_act(by, "identity.end_membership", community_id=fact.community_id, subject=fact, now=now)


@transaction.atomic(durable=True)
def withdraw_consent(person: Person, *, now: datetime) -> None:
    """Erase what identifies the person (law 2297-VI, art. 8); acts already done stand, the mark keeps them single."""
    person = _locked(person.pk)

    vault.erase(person)
    MembershipFact.objects.filter(person=person, until__isnull=True).update(until=now)
    Consent.objects.filter(person=person, withdrawn_at__isnull=True).update(withdrawn_at=now)
    end_sessions_of(person, now=now)


@transaction.atomic(durable=True)
def end_session(person: Person, sign_in_id: int, *, now: datetime) -> None:
    """Sign one of the person's own sessions out, wherever it is."""
    sign_ins = SignIn.objects.select_for_update(of=("self",)).filter(pk=sign_in_id, person=person)
    sign_in = sign_ins.filter(ended_at__isnull=True).order_by("pk").first()
    if sign_in is None:
        raise Missing("identity.no_session")

    end_sessions_of(person, now=now, only=sign_in.session_key)


@transaction.atomic(durable=True)
def end_all_sessions(person: Person, *, now: datetime) -> None:
    """For a lost phone, a closed account."""
    end_sessions_of(_locked(person.pk), now=now)


def _locked(person_id: uuid.UUID) -> Person:
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).order_by("pk").first()
    if person is None:
        raise Missing("identity.no_person")
    return person


def _new_person(claims: Claims, now: datetime) -> Person:
    name = claims.display_name
    person = Person(display_name=name, name_key=sort_key(name), created_at=now)
    person.set_unusable_password()
    person.save(force_insert=True)
    first = sign_in_marks(claims.identifiers)[0]
    # Strictly: when another sign-in has just made this person, the constraint sends us to find them.
    SignInMark.objects.create(person=person, key_version=first.key_version, value=first.value)
    return person


def _refreshed(person: Person, claims: Claims) -> Person:
    if person.display_name != claims.display_name:
        person.display_name, person.name_key = claims.display_name, sort_key(claims.display_name)
        person.save(update_fields=["display_name", "name_key"])
    return person


def _remember_marks(person: Person, claims: Claims) -> None:
    """Under every key and number; a mark that belongs to somebody else already stays theirs (two officers merge)."""
    marks = sign_in_marks(claims.identifiers)
    rows = [SignInMark(person=person, key_version=mark.key_version, value=mark.value) for mark in marks]
    SignInMark.objects.bulk_create(rows, ignore_conflicts=True)


def _decide_by_address(person: Person, claims: Claims, now: datetime) -> None:
    """A registered address decides anew at each sign-in; one that cannot be matched with certainty changes nothing."""
    match = match_of(locality=claims.locality, state=claims.state, address=claims.address)
    if match is None:
        return
    current = MembershipFact.objects.filter(person=person, until__isnull=True)
    elsewhere = current.filter(basis=MembershipFact.Basis.ADDRESS)
    if match.community_id is None:
        elsewhere.update(until=now)
        return
    elsewhere.exclude(community_id=match.community_id).update(until=now)
    here = current.filter(community_id=match.community_id)
    same = here.order_by("pk").first()
    if same is not None and same.settlement_code == match.settlement_code:
        return
    since = same.since if same else now  # moving house within the community does not interrupt membership
    here.update(until=now)
    MembershipFact.objects.create(
        person=person,
        community_id=match.community_id,
        settlement_code=match.settlement_code,
        since=since,
        basis=MembershipFact.Basis.ADDRESS,
        evidence=ADDRESS_EVIDENCE,
        decided_at=now,
    )


def _check_may_decide(by: Person, community_id: int) -> None:
    if not roles_of(by, community_id).intersection(DECIDE_MEMBERSHIP):
        raise NotAllowed("identity.may_not_decide")


def _check_settlement(settlement_code: str, community_id: int) -> None:
    codes = Community.objects.filter(pk=community_id).values("katottg")
    if not Unit.objects.filter(code=settlement_code, community_code__in=codes).exists():
        raise Invalid("identity.no_settlement")
