"""The second officer's word: what was proposed takes effect, whole and at once."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.identity.membership.deciding import check_may_join, let_in, proof_in
from edem.foundation.identity.membership.kinds import check_proof
from edem.foundation.identity.membership.settling import membership_charter
from edem.foundation.identity.models import Proposal
from edem.foundation.identity.persons.merging import merge_accounts
from edem.foundation.identity.persons.naming import rename_by_document
from edem.foundation.identity.persons.parting import part_accounts
from edem.foundation.identity.proposals.desk import check_may_decide, locked
from edem.foundation.identity.proposals.proposing import close, locked_proposal, terms_of
from edem.foundation.identity.two_officers import Matter, Standing, check_may_confirm
from edem.foundation.people.models import Person
from edem.kernel.deadlines import kyiv_day


@transaction.atomic(durable=True)
def confirm_proposal(proposal_id: uuid.UUID, *, by: Person, now: datetime) -> None:
    proposal = locked_proposal(proposal_id)

    check_may_decide(by, proposal.community_id)
    check_may_confirm(Standing(proposal.standing), proposed_by=proposal.proposed_by_id, by=by.pk)

    _EFFECTS[Matter(proposal.matter)](proposal, by=by, now=now)
    close(proposal, Standing.CONFIRMED, by=by, now=now)


def confirm_membership(proposal: Proposal, *, by: Person, now: datetime) -> None:
    """The proof is looked at again: it may have run out, and the charter may have changed while it waited."""
    person, (proof, scan_id) = locked(proposal.person_id), proof_in(terms_of(proposal))
    community_id, charter = proposal.community_id, membership_charter(proposal.community_id, now=now)
    check_proof(proof, accepted=charter.kinds, longest_months=charter.longest_months, today=kyiv_day(now))
    check_may_join(person, proof, community_id=community_id, now=now)
    fact = let_in(
        person,
        proof,
        scan_id,
        community_id=community_id,
        charter=charter,
        by=proposal.proposed_by,
        confirmed_by=by,
        now=now,
    )
    record_staff_act(by, "identity.confirm_membership", community_id=community_id, subject=fact, now=now)


def confirm_slip(proposal: Proposal, *, by: Person, now: datetime) -> None:
    """Only a permission: the code comes into being when the slip is printed."""
    record_staff_act(by, "identity.allow_slip", community_id=proposal.community_id, subject=proposal, now=now)


_EFFECTS: Final[Mapping[Matter, Callable[..., None]]] = {
    Matter.MEMBERSHIP: confirm_membership,
    Matter.SURNAME: rename_by_document,
    Matter.MERGE: merge_accounts,
    Matter.UNMERGE: part_accounts,
    Matter.SLIP: confirm_slip,
}
