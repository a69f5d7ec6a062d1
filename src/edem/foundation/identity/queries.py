"""Reads about identity: standing in a community, and everything a person may see of what is held about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from edem.foundation.communities.models import Community
from edem.foundation.identity import vault
from edem.foundation.identity.claims import Claims, identifiers_of
from edem.foundation.identity.consent_text import VERSION
from edem.foundation.identity.facts import age_in, assurance_of, mark_of, memberships_at, pass_of
from edem.foundation.identity.marks import sign_in_marks
from edem.foundation.identity.models import Consent, MembershipFact, RevokedSession, SignIn, SignInMark
from edem.foundation.identity.rules import NOBODY, Eligibility, Standing, eligibility
from edem.foundation.people.models import Person
from edem.kernel.deadlines import KYIV

__all__ = ["mark_of", "pass_of"]


@dataclass(frozen=True, kw_only=True)
class Membership:
    """An answer with its basis, and none of the data it was drawn from."""

    belonged: bool
    basis: str
    since: datetime | None


def standing_of(person: Person | None, community: Community | int, *, now: datetime) -> Standing:
    """Membership, age and assurance as facts; never the data they were drawn from."""
    if person is None:
        return NOBODY
    community_id = community.pk if isinstance(community, Community) else community
    age, assurance = age_in(vault.facts_of(person), now=now), assurance_of(person)
    fact = next((one for one in memberships_at(person, now) if one.community_id == community_id), None)
    if fact is None:
        return Standing(age=age, assurance=assurance)
    return Standing(
        is_member=True,
        since=fact.since,
        settlement_code=fact.settlement_code,
        basis=fact.basis,
        assurance=assurance,
        age=age,
        holds_until=fact.holds_until,
    )


def may_act_in(
    person: Person | None,
    community: Community | int,
    *,
    now: datetime,
    age_from: int = 0,
    member_days: int = 0,
    assurances: Sequence[str] = (),
) -> Eligibility:
    """Whether a person may act there, on what basis, or the first reason why not; numbers come from the charter."""
    standing = standing_of(person, community, now=now)
    return eligibility(standing, now, age_from=age_from, member_days=member_days, assurances=assurances)


def is_member_on(person: Person, community_id: int, day: date) -> Membership:
    """«Чи належала людина до громади того дня»: belonged at any moment of that Kyiv day, and on what basis."""
    begins = datetime.combine(day, time(), KYIV)
    ends = datetime.combine(day + timedelta(days=1), time(), KYIV)
    facts = MembershipFact.objects.filter(person=person, community_id=community_id, since__lt=ends)
    facts = facts.exclude(until__lte=begins).exclude(holds_until__lte=begins)
    fact = facts.order_by("since", "pk").first()
    return Membership(belonged=fact is not None, basis=fact.basis if fact else "", since=fact.since if fact else None)


def is_at_least(person: Person, years: int, *, now: datetime) -> bool | None:
    """Whether the person is that old today in Kyiv; None when nobody has told the day of birth."""
    age = age_in(vault.facts_of(person), now=now)
    return None if age is None else age >= years


def person_known_by(claims: Claims) -> Person | None:
    """The person of an earlier sign-in; the strongest number and the newest key decide.

    A passport alone does not lead into the account of somebody who is known by another tax number: a bank's clerk may
    have mistyped it. Then they are two, until two officers with the documents before them say otherwise.
    """
    strongest = {mark.value for mark in sign_in_marks(claims.identifiers[:1])}
    for mark in sign_in_marks(claims.identifiers):
        known = SignInMark.objects.filter(key_version=mark.key_version, value=mark.value)
        found = known.select_related("person").order_by("pk").first()
        if found is not None and (mark.value in strongest or not vault.is_of_another(found.person, claims)):
            return found.person
    return None


def person_with_number(number: str) -> Person | None:
    """Whom a clerk has before them: by the tax number or the passport they show. Only who has signed in is found."""
    for identifier in identifiers_of(number):
        for mark in sign_in_marks((identifier,)):
            found = SignInMark.objects.filter(key_version=mark.key_version, value=mark.value).select_related("person")
            known = found.order_by("pk").first()
            if known is not None:
                return known.person
    return None


def has_consented(person: Person) -> bool:
    return Consent.objects.filter(person=person, version=VERSION, withdrawn_at__isnull=True).exists()


def memberships_of(person: Person) -> QuerySet[MembershipFact]:
    facts = MembershipFact.objects.filter(person=person)
    return facts.select_related("community", "decided_by").order_by("-since", "-pk")


def consents_of(person: Person) -> QuerySet[Consent]:
    return Consent.objects.filter(person=person).order_by("-given_at", "-pk")


def sessions_of(person: Person) -> QuerySet[SignIn]:
    """The sessions that are open now, the newest first."""
    return SignIn.objects.filter(person=person, ended_at__isnull=True).order_by("-started_at", "-pk")


def revoked_sessions(now: datetime) -> list[str]:
    """For `revocations.load` at start and after each reconnect of the listener."""
    rows = RevokedSession.objects.filter(until__gt=now).order_by("until", "pk")
    return list(rows.values_list("session_key", flat=True))
