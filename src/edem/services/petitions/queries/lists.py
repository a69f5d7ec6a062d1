"""The list of petitions as the public sees it: filters, search, order."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db.models import F, Q, QuerySet

from edem.foundation.communities.models import Community
from edem.foundation.search.queries import subjects_found
from edem.kernel.ukrainian import N_
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.charters import CODE
from edem.services.petitions.queries.withheld import WITHDRAWN_UNSEEN
from edem.services.petitions.rules.lifecycle import IN_PUBLIC, State

PAGE: Final = 20
MOST_FOUND: Final = 300
LONG_TEXTS: Final = ("essence", "demand", "answer")
"""No row of a list shows them."""


class Group(StrEnum):
    """The groups of states a resident thinks in."""

    COLLECTING = "collecting"
    CONSIDERED = "considered"
    ANSWERED = "answered"
    FULFILMENT = "fulfilment"
    ALL = "all"


GROUPS: Final = {
    Group.COLLECTING: N_("Збирають підписи"),
    Group.CONSIDERED: N_("На розгляді"),
    Group.ANSWERED: N_("З відповіддю"),
    Group.FULFILMENT: N_("Виконання"),
    Group.ALL: N_("Усі"),
}

STATES_OF: Final = {
    Group.COLLECTING: (State.COLLECTING,),
    Group.CONSIDERED: (State.REACHED, State.HANDED_OVER, State.CONSIDERATION, State.FELL_SHORT, State.APPEAL),
    Group.ANSWERED: (State.ANSWERED, State.FULFILMENT, State.FULFILLED, State.NOT_FULFILLED),
    Group.FULFILMENT: (State.FULFILMENT, State.FULFILLED, State.NOT_FULFILLED),
    Group.ALL: tuple(IN_PUBLIC),
}


class Order(StrEnum):
    NEWEST = "newest"
    MOST_SIGNED = "signed"
    ENDING = "ending"


ORDERS: Final = {
    Order.NEWEST: N_("спершу нові"),
    Order.MOST_SIGNED: N_("спершу з більшою підтримкою"),
    Order.ENDING: N_("спершу ті, що скоро завершаться"),
}

_ORDER_BY: Final = {
    Order.NEWEST: (F("published_at").desc(nulls_last=True), F("pk").desc()),
    Order.MOST_SIGNED: (F("signature_count").desc(), F("pk").desc()),
    Order.ENDING: (F("closes_at").asc(nulls_last=True), F("pk").desc()),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the reader asked the list for."""

    group: Group = Group.COLLECTING
    text: str = ""
    category: str = ""
    settlement: str = ""
    order: Order = Order.NEWEST


def public_petitions(community: Community) -> QuerySet[Petition]:
    found = Petition.objects.filter(community=community, state__in=list(IN_PUBLIC)).exclude(WITHDRAWN_UNSEEN)
    return found.order_by("-published_at", "-pk")


def petitions_wanted(community: Community, wanted: Wanted, *, now: datetime) -> QuerySet[Petition]:
    """The clock decides: a petition whose term has run out no longer collects, even if no job has closed it yet."""
    found = Petition.objects.select_related("community").defer(*LONG_TEXTS).exclude(WITHDRAWN_UNSEEN)
    found = found.filter(in_group(wanted.group, now), community=community)
    if wanted.category:
        found = found.filter(category=wanted.category)
    if wanted.settlement:
        found = found.filter(in_settlement(wanted.settlement))
    if wanted.text.strip():
        return found.filter(pk__in=found_ids(community, wanted.text)).order_by(*_ORDER_BY[wanted.order])
    return found.order_by(*_ORDER_BY[wanted.order])


def found_ids(community: Community, text: str) -> list[int]:
    """What the platform's search finds among petitions: by lemmas, forgiving one wrong letter."""
    return [int(each) for each in subjects_found(community.pk, text, service=CODE, most=MOST_FOUND)]


def in_settlement(code: str) -> Q:
    return Q(settlement_code=code) | Q(further_places__contains=[{"settlement": code}])


def in_group(group: Group, now: datetime) -> Q:
    states = Q(state__in=STATES_OF[group])
    ended = Q(state=State.COLLECTING, closes_at__lte=now)
    match group:
        case Group.COLLECTING:
            return states & ~ended
        case Group.CONSIDERED:
            return states | ended
        case _:
            return states
