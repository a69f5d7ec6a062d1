"""What clerks see of an account: the name, memberships, what waits. Never what the vault holds."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from edem.foundation.communities.models import Community
from edem.foundation.identity.membership.charter import MembershipCharter
from edem.foundation.identity.membership.deciding import proof_in
from edem.foundation.identity.membership.kinds import KINDS
from edem.foundation.identity.membership.settling import membership_charter
from edem.foundation.identity.models import MembershipFact, PersonMerge, Proposal, SignInSlip
from edem.foundation.identity.persons.accounts import merges_into
from edem.foundation.identity.persons.naming import FullName
from edem.foundation.identity.persons.slips import permission_for
from edem.foundation.identity.proposals.proposing import Terms, terms_of
from edem.foundation.identity.proposals.waiting import proposals_waiting
from edem.foundation.identity.two_officers import MATTERS, Matter, Standing
from edem.foundation.people.models import Person
from edem.foundation.places.models import Unit
from edem.kernel.errors import Missing
from edem.kernel.ukrainian import date_words


@dataclass(frozen=True, kw_only=True)
class Account:
    person: Person
    current: MembershipFact | None
    """In this community, now."""
    memberships: Sequence[MembershipFact]
    waiting: Sequence["Waiting"]
    merges: Sequence[PersonMerge]
    """Accounts that became part of this one, and may still be taken apart."""
    part_of: PersonMerge | None
    """This account is part of another one."""
    slip: SignInSlip | None
    """One that is still good."""
    may_print_slip: bool
    charter: MembershipCharter

    @property
    def ends_on(self) -> datetime | None:
        """The last day of the proof, as people say it."""
        ends = self.current.holds_until if self.current else None
        return ends - timedelta(seconds=1) if ends else None

    @property
    def two_for(self) -> str:
        return ", ".join(_(KINDS[kind].label).lower() for kind in self.charter.two_clerks_for)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A proposal in the list of what waits for a second officer."""

    pk: uuid.UUID
    words: str
    person: Person

    @property
    def address(self) -> str:
        return reverse("identity:proposal", args=[self.pk])


@dataclass(frozen=True, kw_only=True)
class ProposalPage:
    proposal: Proposal
    title: str
    rows: Sequence[tuple[str, str]]
    """What it would change: words and values."""
    has_scan: bool
    is_waiting: bool
    may_confirm: bool


def account(person_id: uuid.UUID, *, community: Community, now: datetime) -> Account:
    person = Person.objects.filter(pk=person_id, login__isnull=True).order_by("pk").first()
    if person is None:
        raise Missing("identity.no_person")
    memberships = list(memberships_in(person, community))
    charter = membership_charter(community.pk, now=now)
    slips = SignInSlip.objects.filter(person=person, community=community, used_at__isnull=True, ended_at__isnull=True)
    return Account(
        person=person,
        current=next((fact for fact in memberships if holds(fact, now)), None),
        memberships=memberships,
        waiting=waiting_in(community, about=person),
        merges=list(merges_into(person, now=now)),
        part_of=PersonMerge.objects.filter(absorbed=person, undone_at__isnull=True).order_by("pk").first(),
        slip=slips.filter(expires_at__gt=now).order_by("pk").first(),
        may_print_slip=not charter.slip_two_clerks
        or permission_for(person, community_id=community.pk, now=now) is not None,
        charter=charter,
    )


def holds(fact: MembershipFact, now: datetime) -> bool:
    return fact.until is None and (fact.holds_until is None or fact.holds_until > now)


def memberships_in(person: Person, community: Community) -> QuerySet[MembershipFact]:
    facts = MembershipFact.objects.filter(person=person, community=community)
    return facts.select_related("decided_by", "confirmed_by").order_by("-since", "-pk")


def waiting_in(community: Community, *, about: Person | None = None) -> Sequence[Waiting]:
    """The oldest first."""
    found = proposals_waiting(community.pk)
    rows = found.filter(person=about) if about else found
    return [Waiting(pk=row.pk, words=_(MATTERS[Matter(row.matter)]), person=row.person) for row in rows]


def proposal_page(proposal_id: uuid.UUID, *, community: Community, reader: Person) -> ProposalPage:
    found = Proposal.objects.filter(pk=proposal_id, community=community)
    proposal = found.select_related("person", "other", "proposed_by", "decided_by").order_by("pk").first()
    if proposal is None:
        raise Missing("identity.no_proposal")
    is_waiting = proposal.standing == Standing.WAITING
    terms = terms_of(proposal) if is_waiting else {}
    return ProposalPage(
        proposal=proposal,
        title=_(MATTERS[Matter(proposal.matter)]),
        rows=_rows(Matter(proposal.matter), terms) if terms else (),
        has_scan=bool(terms.get("scan")),
        is_waiting=is_waiting,
        may_confirm=is_waiting and proposal.proposed_by_id != reader.pk,
    )


def _rows(matter: Matter, terms: Terms) -> Sequence[tuple[str, str]]:
    if matter is Matter.SURNAME:
        return [(_("Нове ім’я"), FullName(**terms).shown)]
    if matter is not Matter.MEMBERSHIP:
        return ()
    proof = proof_in(terms)[0]
    place = Unit.objects.filter(code=proof.settlement_code).order_by("pk").first()
    rows = [
        (_("Документ"), _(KINDS[proof.kind].label)),
        (_("Населений пункт"), place.name if place else proof.settlement_code),
        (_("Хто видав"), proof.issuer),
        (_("Номер"), proof.reference),
        (_("Діє з"), date_words(proof.holds_from) if proof.holds_from else ""),
        (_("Діє до"), date_words(proof.holds_until) if proof.holds_until else ""),
    ]
    return [(words, value) for words, value in rows if value]
