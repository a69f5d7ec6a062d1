"""What every act at the desk begins with: the person locked, and somebody who may decide about them."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from edem.foundation.identity.models import MembershipFact
from edem.foundation.identity.two_officers import DECIDE_MEMBERSHIP
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.kernel.errors import Missing, NotAllowed


def locked(person_id: uuid.UUID) -> Person:
    return locked_in_order([person_id])[0]


def locked_in_order(person_ids: Iterable[uuid.UUID]) -> list[Person]:
    """Residents only, always in the order of their ids, so that two officers never wait for one another."""
    wanted = sorted(set(person_ids))
    found = Person.objects.select_for_update(of=("self",)).filter(pk__in=wanted, login__isnull=True)
    people = list(found.order_by("pk"))
    if len(people) != len(wanted):
        raise Missing("identity.no_person")
    return people


def check_may_decide(by: Person, community_id: int) -> None:
    if not roles_of(by, community_id).intersection(DECIDE_MEMBERSHIP):
        raise NotAllowed("identity.may_not_decide")


def check_is_ours(people: Iterable[Person], community_id: int, *, now: datetime) -> None:
    """An officer decides about accounts of their own community, or of nobody's yet."""
    current = MembershipFact.objects.filter(person__in=list(people), until__isnull=True)
    elsewhere = current.exclude(community_id=community_id).exclude(holds_until__lte=now)
    here = current.filter(community_id=community_id).order_by().values("person")
    if elsewhere.filter(~Q(person__in=here)).exists():
        raise NotAllowed("identity.person_of_another_community")
