"""Petitions as the rest of the platform shows them: doors, news, the cabinet, the desk."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.catalog.manifest import (
    DeskPage,
    DeskQueue,
    Door,
    GoingOn,
    Happening,
    Indicator,
    Mine,
    NeedsMe,
    QueueItem,
)
from edem.foundation.communities.charter import Charter
from edem.foundation.communities.models import Community
from edem.foundation.moderation.desk import waiting_besides
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.kernel.ukrainian import N_
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.queries.charters import CODE
from edem.services.petitions.queries.counts import answered_in, collecting_in, nearly_there, newest_steps, signatures_in
from edem.services.petitions.queries.deadlines import petitions_in
from edem.services.petitions.queries.exclusion_queues import exclusions_queue, shortfall_queue
from edem.services.petitions.queries.mine import petitions_signed_by, petitions_written_by
from edem.services.petitions.queries.pages import state_now
from edem.services.petitions.queries.paper_desk import paper_in_hand
from edem.services.petitions.queries.shown import going_on_of, happening_of, path_of, queue_item
from edem.services.petitions.rules.exclusions import DECIDERS
from edem.services.petitions.rules.lifecycle import State
from edem.ui.pagination.long_lists import counted_up_to

MINE = 20


def door(community: Community, now: datetime) -> Door:
    count, is_more = counted_up_to(collecting_in(community, now))
    words = ngettext("петиція збирає підписи", "петицій збирають підписи", count)
    return Door(number=f"{count}+" if is_more else str(count), words=words)


def happenings(community: Community | None, now: datetime, limit: int) -> Sequence[Happening]:
    return [
        happening_of(step.petition, State(step.to_state), at=step.at)
        for step in newest_steps(community, now=now, limit=limit)
    ]


def going_on(community: Community, now: datetime, limit: int) -> Sequence[GoingOn]:
    """The petitions that lack the least: each signature matters there."""
    return [going_on_of(petition) for petition in nearly_there(community, now, limit=limit)]


def needs_me(person: Person, community: Community, _now: datetime) -> Sequence[NeedsMe]:
    waiting = petitions_written_by(person.pk, community.pk).filter(state__in=(State.DRAFT, State.RETURNED))
    words = {
        State.DRAFT: _("Чернетку ще не надіслано"),
        State.RETURNED: _("Модератор просить виправити петицію"),
    }
    return [
        NeedsMe(
            title=petition.title or _("Без назви"),
            path=f"{path_of(petition)}edit/",
            words=words[State(petition.state)],
        )
        for petition in waiting
    ]


def cabinet(person: Person, community: Community, now: datetime) -> Sequence[Mine]:
    written = petitions_written_by(person.pk, community.pk).select_related("community")[:MINE]
    signed = petitions_signed_by(person.pk, community.pk)[:MINE]
    return [
        Mine(
            title=_("Мої петиції"),
            rows=[happening_of(each, state_now(each, now), at=each.created_at) for each in written],
            empty=_("Ви ще не створили жодної петиції."),
            more_path="/petitions/start/",
        ),
        Mine(
            title=_("Мої підписи"),
            rows=[happening_of(petition, state_now(petition, now), at=at) for petition, at in signed],
            empty=_("Ви ще не підписали жодної петиції."),
            more_path="/petitions/",
        ),
    ]


def queue(*states: State) -> Callable[[Community, datetime], Sequence[QueueItem]]:
    def items(community: Community, _now: datetime) -> Sequence[QueueItem]:
        return [queue_item(each) for each in petitions_in(community, *states)]

    return items


def charter_impact(community: Community, old: Charter, new: Charter, now: datetime) -> Sequence[str]:
    """What a change of the charter touches, in sentences; whatever collects already keeps its own version."""
    assert isinstance(old, PetitionCharter)
    assert isinstance(new, PetitionCharter)
    collecting = collecting_in(community, now).count()
    waiting = petitions_in(community, State.DRAFT, State.MODERATION, State.RETURNED).count()
    keep = ngettext(
        "%(count)s петиція вже збирає підписи й лишається за старими правилами.",
        "%(count)s петицій уже збирають підписи й лишаються за старими правилами.",
        collecting,
    )
    follow = ngettext(
        "%(count)s петицію ще не оприлюднено: вона збиратиме підписи за новими правилами.",
        "%(count)s петицій ще не оприлюднено: вони збиратимуть підписи за новими правилами.",
        waiting,
    )
    told = ((keep, collecting), (follow, waiting))
    return [words % {"count": count} for words, count in told if count]


DESK_QUEUES = (
    DeskQueue(
        code="petitions-moderation",
        title=N_("Петиції на перевірку"),
        roles=frozenset({Role.MODERATOR.value}),
        items=queue(State.MODERATION),
    ),
    DeskQueue(
        code="petitions-voices",
        title=N_("Скарги, новини, виправлення й дописи"),
        roles=frozenset({Role.MODERATOR.value}),
        items=waiting_besides(CODE, kind="petition"),
    ),
    DeskQueue(
        code="petitions-hand-over",
        title=N_("Передати голові громади"),
        roles=frozenset({Role.OFFICER.value}),
        items=queue(State.REACHED),
    ),
    DeskQueue(
        code="petitions-exclusions",
        title=N_("Виключення підписів: чекає на другу людину"),
        roles=DECIDERS,
        items=exclusions_queue,
    ),
    DeskQueue(
        code="petitions-shortfall",
        title=N_("Після виключення підписів менше, ніж треба"),
        roles=frozenset({Role.OFFICER.value}),
        items=shortfall_queue,
    ),
    DeskQueue(
        code="petitions-consideration",
        title=N_("Розгляд петицій"),
        roles=frozenset({Role.MAYOR.value, Role.OFFICER.value}),
        items=queue(State.HANDED_OVER, State.CONSIDERATION),
    ),
    DeskQueue(
        code="petitions-appeals",
        title=N_("Звернення: петиції, що не набрали підписів"),
        roles=frozenset({Role.MAYOR.value, Role.OFFICER.value}),
        items=queue(State.APPEAL),
    ),
    DeskQueue(
        code="petitions-fulfilment",
        title=N_("Виконання петицій"),
        roles=frozenset({Role.MAYOR.value, Role.OFFICER.value}),
        items=queue(State.FULFILMENT),
    ),
    DeskQueue(
        code="petitions-paper",
        title=N_("Підписні листи"),
        roles=frozenset({Role.CLERK.value, Role.CONTROL.value}),
        items=paper_in_hand,
    ),
    DeskQueue(
        code="petitions-clocks",
        title=N_("Усі строки петицій"),
        roles=frozenset({Role.CONTROL.value, Role.AUDITOR.value, Role.COMMUNITY_ADMIN.value}),
        items=queue(
            State.MODERATION,
            State.REACHED,
            State.HANDED_OVER,
            State.CONSIDERATION,
            State.APPEAL,
            State.FULFILMENT,
        ),
    ),
)

DESK_PAGES = (
    DeskPage(
        title=N_("Підписні листи"),
        path="/petitions/paper/",
        roles=frozenset(
            {
                Role.CLERK.value,
                Role.OFFICER.value,
                Role.CONTROL.value,
                Role.AUDITOR.value,
                Role.COMMUNITY_ADMIN.value,
            }
        ),
    ),
    DeskPage(
        title=N_("Дошка петицій"),
        path="/petitions/board/",
        roles=frozenset(
            {
                Role.OFFICER.value,
                Role.MAYOR.value,
                Role.CONTROL.value,
                Role.AUDITOR.value,
                Role.MODERATOR.value,
                Role.COMMUNITY_ADMIN.value,
            }
        ),
    ),
)

INDICATORS = (
    Indicator(
        title=N_("Петиції з відповіддю"),
        value=lambda community, _now: answered_in(community),
        words=lambda count: ngettext("відповідь на петиції", "відповідей на петиції", count),
    ),
    Indicator(
        title=N_("Підписи під петиціями"),
        value=lambda community, _now: signatures_in(community),
        words=lambda count: ngettext("підпис під петиціями", "підписів під петиціями", count),
    ),
)
