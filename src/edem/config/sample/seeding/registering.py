"""Sample residents: the person, what identifies them in the vault, their marks and their membership."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from django.contrib.auth.hashers import make_password

from edem.config.sample.personas import personas
from edem.config.sample.reading import CommunityText
from edem.config.sample.records import persona_record, resident_record
from edem.config.sample.residents import SampleResident
from edem.config.sample.seeding.copying import copy_in
from edem.config.sample.seeding.settling import Settled
from edem.foundation.identity.claims import Claims, claims_from
from edem.foundation.identity.consent_text import VERSION
from edem.foundation.identity.evidence import ADDRESS_EVIDENCE
from edem.foundation.identity.in_bulk import Newcomer, vault_rows
from edem.foundation.identity.marks import Mark, mark_for
from edem.foundation.identity.models import Consent, MembershipFact
from edem.foundation.identity.purposes import MarkPurpose
from edem.foundation.people.models import Person
from edem.kernel.ukrainian import sort_key

NO_PASSWORD: Final = make_password(None)
"""Residents sign in through the state's identification only."""
DISPLACED_EVIDENCE = "Довідка внутрішньо переміщеної особи, оригінал показано в ЦНАПі"


@dataclass(frozen=True, kw_only=True)
class Registered:
    """A resident who is in the database, with what a signature needs."""

    resident: SampleResident
    person: Person
    claims: Claims
    mark: Mark


People = Mapping[UUID, Registered]


def register(settled: Settled, *, officer: Person, now: datetime, today: date) -> People:
    sample = settled.sample
    joined = _joining_moments(settled, now=now)
    registered = [
        _registered(resident, sample.text, joined=joined[resident.id], today=today) for resident in sample.residents
    ]
    copy_in(Person, (each.person for each in registered))
    newcomers = [Newcomer(person=each.person, claims=each.claims, at=each.person.created_at) for each in registered]
    for model, rows in vault_rows(newcomers):
        copy_in(model, rows)
    copy_in(MembershipFact, (_membership(each, settled, officer=officer) for each in registered))
    copy_in(Consent, (_consent(each) for each in registered))
    return {each.resident.id: each for each in registered}


def _joining_moments(settled: Settled, *, now: datetime) -> Mapping[UUID, datetime]:
    """Everyone came at the latest to sign their first petition."""
    rng = Random(settled.community.slug)
    firsts: dict[UUID, datetime] = {}
    for petition in settled.sample.petitions:
        acts = [(each.resident.id, each.at) for each in petition.signatures]
        for who, at in [*acts, (petition.author.id, petition.chronicle.created_at)]:
            firsts[who] = min(at, firsts.get(who, at))
    for report in settled.sample.reports:
        for resident, at in [
            (report.author, report.tale.submitted_at),
            *((each.resident, each.at) for each in report.voices),
        ]:
            firsts[resident.id] = min(at, firsts.get(resident.id, at))
    return {
        each.id: firsts.get(each.id, now - timedelta(days=rng.uniform(1, 500))) - timedelta(minutes=rng.randint(3, 40))
        for each in settled.sample.residents
    }


def _registered(resident: SampleResident, text: CommunityText, *, joined: datetime, today: date) -> Registered:
    claims = claims_from({**_record(resident, text, today=today), "auth_type": resident.way_in})
    person = Person(
        id=resident.id,
        display_name=claims.display_name,
        name_key=sort_key(claims.display_name),
        password=NO_PASSWORD,
        created_at=joined,
    )
    mark = mark_for(claims.identifiers[0], MarkPurpose.PETITION)
    return Registered(resident=resident, person=person, claims=claims, mark=mark)


def _record(resident: SampleResident, text: CommunityText, *, today: date) -> dict[str, str]:
    if not resident.key:
        return resident_record(resident, text)
    return persona_record(next(each for each in personas() if each.id == resident.key), today=today)


def _consent(one: Registered) -> Consent:
    return Consent(person=one.person, version=VERSION, given_at=one.person.created_at)


def _membership(one: Registered, settled: Settled, *, officer: Person) -> MembershipFact:
    displaced = any(each.id == one.resident.key and each.basis == "displaced" for each in personas())
    basis = MembershipFact.Basis.OFFICER if displaced else MembershipFact.Basis.ADDRESS
    return MembershipFact(
        person=one.person,
        community=settled.community,
        settlement_code=one.resident.settlement_code,
        since=one.person.created_at,
        basis=basis,
        evidence=DISPLACED_EVIDENCE if displaced else ADDRESS_EVIDENCE,
        decided_at=one.person.created_at,
        decided_by=officer if displaced else None,
    )
