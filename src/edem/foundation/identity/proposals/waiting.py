"""What waits for a second officer, for whoever shows it or writes of it."""

import uuid
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from edem.foundation.identity.models import Proposal
from edem.foundation.identity.two_officers import DECIDE_MEMBERSHIP, Standing
from edem.foundation.people.queries import holders_of

PATIENCE: Final = timedelta(days=1)
"""Behind most of these somebody stands at the counter or cannot sign in: after a day it shows as overdue."""


def proposals_waiting(community_id: int) -> QuerySet[Proposal]:
    """The oldest first."""
    found = Proposal.objects.filter(community_id=community_id, standing=Standing.WAITING)
    return found.select_related("person", "proposed_by").order_by("proposed_at", "pk")


def waited_for(proposal: Proposal) -> datetime:
    return proposal.proposed_at + PATIENCE


def deciders_of(proposal: Proposal) -> frozenset[uuid.UUID]:
    """Everybody who may confirm it, so without whoever proposed it."""
    staff = {each.pk for role in DECIDE_MEMBERSHIP for each in holders_of(role, community_id=proposal.community_id)}
    return frozenset(staff - {proposal.proposed_by_id})
