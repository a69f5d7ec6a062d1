"""The two beats of every matter for two: one officer proposes, another confirms and it takes effect."""

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events import announce
from edem.foundation.files.actions import remove_files
from edem.foundation.identity.events import ProposalMade
from edem.foundation.identity.keys import vault_keys
from edem.foundation.identity.models import Proposal
from edem.foundation.identity.proposals.desk import check_may_decide
from edem.foundation.identity.sealing import seal, unseal
from edem.foundation.identity.two_officers import Matter, Standing, check_may_decline
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Missing

Terms = Mapping[str, Any]
_LONGEST = 300


def put_forward(
    matter: Matter,
    person: Person,
    *,
    community_id: int,
    reason: str,
    by: Person,
    now: datetime,
    other: Person | None = None,
    terms: Terms | None = None,
) -> Proposal:
    """Part of an action that holds the person's lock; one of a kind waits at a time."""
    waiting = Proposal.objects.filter(matter=matter, person=person, community_id=community_id)
    if waiting.filter(standing=Standing.WAITING).exists():
        raise Conflict("identity.proposed_already")
    proposal = Proposal(
        matter=matter,
        community_id=community_id,
        person=person,
        other=other,
        standing=Standing.WAITING,
        reason=reason[:_LONGEST],
        proposed_by=by,
        proposed_at=now,
    )
    proposal.terms = seal(json.dumps(terms or {}).encode(), place=_place(proposal), ring=vault_keys())
    proposal.save(force_insert=True)
    announce(ProposalMade(proposal_id=proposal.pk, community_id=community_id))
    return proposal


def terms_of(proposal: Proposal) -> Terms:
    if not proposal.terms:
        return {}
    terms: Terms = json.loads(unseal(bytes(proposal.terms), place=_place(proposal), ring=vault_keys()))
    return terms


@transaction.atomic(durable=True)
def decline_proposal(proposal_id: uuid.UUID, *, by: Person, note: str, now: datetime) -> None:
    proposal = locked_proposal(proposal_id)

    check_may_decide(by, proposal.community_id)
    check_may_decline(Standing(proposal.standing), note=note)

    close(proposal, Standing.DECLINED, by=by, note=note, now=now)
    record_staff_act(by, "identity.decline", community_id=proposal.community_id, subject=proposal, now=now)


def locked_proposal(proposal_id: uuid.UUID) -> Proposal:
    found = Proposal.objects.select_for_update(of=("self",)).filter(pk=proposal_id).order_by("pk").first()
    if found is None:
        raise Missing("identity.no_proposal")
    return found


def hold_waiting(person_ids: Iterable[uuid.UUID]) -> None:
    """Locked before the people themselves, as a confirmation locks them."""
    list(_waiting_about(person_ids).select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def drop_waiting(person_ids: Iterable[uuid.UUID], *, now: datetime) -> None:
    """Part of an action that holds the people's locks: nothing about them is left to decide."""
    for proposal in _waiting_about(person_ids).order_by("pk"):
        close(proposal, Standing.DECLINED, by=None, now=now)


def close(proposal: Proposal, standing: Standing, *, by: Person | None, now: datetime, note: str = "") -> None:
    """What was asked for is forgotten with the decision: its effect, if any, is kept where it belongs."""
    if standing is not Standing.CONFIRMED and (scan := terms_of(proposal).get("scan")):
        remove_files([uuid.UUID(scan)])
    proposal.standing, proposal.decided_by, proposal.decided_at = standing, by, now
    proposal.note, proposal.terms = note.strip()[:_LONGEST], b""
    proposal.save(update_fields=["standing", "decided_by", "decided_at", "note", "terms"])


def _waiting_about(person_ids: Iterable[uuid.UUID]) -> QuerySet[Proposal]:
    people = list(person_ids)
    return Proposal.objects.filter(Q(person__in=people) | Q(other__in=people), standing=Standing.WAITING)


def _place(proposal: Proposal) -> str:
    return f"identity_proposal.terms.{proposal.pk}"
