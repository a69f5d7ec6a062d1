"""The officer's board: every petition on a clock by its state, what is overdue, and what the coming week asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from edem.foundation.catalog.manifest import QueueItem
from edem.foundation.communities.models import Community
from edem.kernel.deadlines import kyiv_day, starts_of_day
from edem.kernel.lifecycle import StateLook
from edem.services.petitions.models import Hearing, Petition, PlanStage
from edem.services.petitions.queries.shown import queue_item
from edem.services.petitions.rules.fulfilment import CONDITIONS, Condition
from edem.services.petitions.rules.fulfilment import Standing as StageStanding
from edem.services.petitions.rules.hearings import STANDINGS
from edem.services.petitions.rules.hearings import Standing as HearingStanding
from edem.services.petitions.rules.lifecycle import MAY_BE_CARRIED_OUT, STATES, State

IN_A_COLUMN: Final = 6
MOST_DUE: Final = 60
WEEK: Final = timedelta(days=7)

COLUMNS: Final = (
    State.MODERATION,
    State.COLLECTING,
    State.REACHED,
    State.HANDED_OVER,
    State.CONSIDERATION,
    State.APPEAL,
    State.ANSWERED,
    State.FULFILMENT,
)
WITHOUT_A_PLAN: Final = Q(state=State.ANSWERED, decision__in=list(MAY_BE_CARRIED_OUT))
ON_BOARD: Final = Q(state__in=[each for each in COLUMNS if each is not State.ANSWERED]) | WITHOUT_A_PLAN
"""What was declined needs nothing more; what was supported and has no plan yet does."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the reader narrowed the board to."""

    state: str = ""
    category: str = ""
    overdue: bool = False


@dataclass(frozen=True, kw_only=True)
class BoardColumn:
    state: State
    look: StateLook
    count: int
    overdue: int
    items: Sequence[QueueItem]

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.items)


@dataclass(frozen=True, kw_only=True)
class Board:
    columns: Sequence[BoardColumn]
    overdue: Sequence[QueueItem]
    this_week: Sequence[QueueItem]
    is_cut: bool
    """More is due than one page shows."""


def board_of(community: Community, wanted: Wanted, *, now: datetime) -> Board:
    """Five queries, however many petitions there are."""
    petitions = petitions_on_board(community, wanted, now=now)
    until = week_ends(now)
    due = [
        *petitions_due(petitions, until=until),
        *stages_due(community, wanted, now=now, until=until),
        *hearings_due(community, wanted, until=until),
    ]
    due.sort(key=lambda item: (item.due or until, item.path))
    return Board(
        columns=columns_of(petitions, wanted, now=now),
        overdue=[item for item in due if item.due and item.due <= now],
        this_week=[] if wanted.overdue else [item for item in due if item.due and item.due > now],
        is_cut=len(due) > MOST_DUE,
    )


def petitions_on_board(community: Community, wanted: Wanted, *, now: datetime) -> QuerySet[Petition]:
    found = Petition.objects.filter(ON_BOARD, community=community)
    found = found.defer("essence", "demand", "answer")  # long, and the board shows none of them
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.category:
        found = found.filter(category=wanted.category)
    return found.filter(is_overdue(now)) if wanted.overdue else found


def is_overdue(now: datetime) -> Q:
    """A collection that has ended is not late: the clock closes it."""
    return Q(due_at__lte=now) & ~Q(state=State.COLLECTING)


def columns_of(petitions: QuerySet[Petition], wanted: Wanted, *, now: datetime) -> Sequence[BoardColumn]:
    counts = counts_of(petitions, now=now)
    items = first_items(petitions)
    shown = [each for each in COLUMNS if not wanted.state or each == wanted.state]
    return [
        BoardColumn(
            state=each,
            look=STATES[each],
            count=counts.get(each, (0, 0))[0],
            overdue=counts.get(each, (0, 0))[1],
            items=items.get(each, []),
        )
        for each in shown
    ]


def counts_of(petitions: QuerySet[Petition], *, now: datetime) -> Mapping[str, tuple[int, int]]:
    rows = petitions.order_by("state").values("state")
    counted = rows.annotate(count=Count("pk"), late=Count("pk", filter=is_overdue(now)))
    return {row["state"]: (row["count"], row["late"]) for row in counted}


def first_items(petitions: QuerySet[Petition]) -> Mapping[str, list[QueueItem]]:
    """The few of each state whose clock runs out first."""
    by_clock = F("due_at").asc(nulls_last=True)
    place = Window(RowNumber(), partition_by=F("state"), order_by=[by_clock, F("pk").asc()])
    items: dict[str, list[QueueItem]] = {}
    for petition in (
        petitions.annotate(place_in_column=place).filter(place_in_column__lte=IN_A_COLUMN).order_by(by_clock, "pk")
    ):
        items.setdefault(petition.state, []).append(replace(queue_item(petition), state=""))  # the column says it
    return items


def petitions_due(petitions: QuerySet[Petition], *, until: datetime) -> Sequence[QueueItem]:
    """A petition that is carried out by stages is due by its stages."""
    stages = PlanStage.objects.filter(petition=OuterRef("pk"), standing=StageStanding.PLANNED)
    due = petitions.filter(due_at__lt=until).exclude(state=State.COLLECTING).filter(~Exists(stages))
    return [queue_item(each) for each in due.order_by("due_at", "pk")[:MOST_DUE]]


def stages_due(community: Community, wanted: Wanted, *, now: datetime, until: datetime) -> Sequence[QueueItem]:
    found = PlanStage.objects.filter(
        standing=StageStanding.PLANNED,
        petition__community=community,
        petition__state=State.FULFILMENT,
        due_at__lt=now if wanted.overdue else until,
    )
    if wanted.category:
        found = found.filter(petition__category=wanted.category)
    if wanted.state:
        found = found.filter(petition__state=wanted.state)
    return [stage_item(each, now=now) for each in found.select_related("petition").order_by("due_at", "pk")[:MOST_DUE]]


def hearings_due(community: Community, wanted: Wanted, *, until: datetime) -> Sequence[QueueItem]:
    """Those to come this week, and those that were held and have no minutes yet."""
    found = Hearing.objects.filter(
        standing=HearingStanding.APPOINTED, petition__community=community, starts_at__lt=until
    )
    if wanted.category:
        found = found.filter(petition__category=wanted.category)
    if wanted.state:
        found = found.filter(petition__state=wanted.state)
    return [hearing_item(each) for each in found.select_related("petition").order_by("starts_at", "pk")[:MOST_DUE]]


def stage_item(stage: PlanStage, *, now: datetime) -> QueueItem:
    look = CONDITIONS[Condition.LATE if stage.due_at <= now else Condition.PLANNED]
    return QueueItem(
        title=stage.title,
        path=f"/petitions/{stage.petition_id}/plan/",
        state=_("Етап плану"),
        tone=look.tone,
        shape=look.shape,
        due=stage.due_at,
        holder=stage.body,
        number=f"№ {stage.petition.number}" if stage.petition.number else "",
    )


def hearing_item(hearing: Hearing) -> QueueItem:
    look = STANDINGS[HearingStanding.APPOINTED]
    return QueueItem(
        title=hearing.petition.title,
        path=f"/petitions/{hearing.petition_id}/hearings/",
        state=_("Слухання"),
        tone=look.tone,
        shape=look.shape,
        due=hearing.starts_at,
        holder=hearing.place,
        number=f"№ {hearing.petition.number}" if hearing.petition.number else "",
    )


def week_ends(now: datetime) -> datetime:
    """The midnight after seven more days in Kyiv: on a Sunday the work of the coming week is what matters."""
    return starts_of_day(kyiv_day(now) + WEEK + timedelta(days=1))
