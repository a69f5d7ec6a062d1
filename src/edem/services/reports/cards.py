"""Reports as the rest of the platform shows them: doors, news, the cabinet, the desk."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.catalog.manifest import DeskPage, DeskQueue, Door, Happening, Indicator, Mine, NeedsMe, QueueItem
from edem.foundation.communities.charter import Charter
from edem.foundation.communities.models import Community
from edem.foundation.moderation.desk import waiting_besides
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.kernel.ukrainian import N_
from edem.services.reports.queries.charters import CODE
from edem.services.reports.queries.control import held_by_nobody
from edem.services.reports.queries.counts import (
    at_work_in,
    confirmed_in,
    disbelieved_in,
    in_states,
    newest_in,
    to_confirm_by,
    written_by,
)
from edem.services.reports.queries.drafts import drafts_of
from edem.services.reports.queries.receivers import refused_queue
from edem.services.reports.queries.self_help import self_help_queue
from edem.services.reports.queries.shown import happening_of, queue_item
from edem.services.reports.queries.subjects import path_of
from edem.services.reports.queries.twins import twins_queue
from edem.services.reports.queries.voices import joined_by
from edem.services.reports.rules.lifecycle import State
from edem.ui.pagination.long_lists import counted_up_to

MINE, MOST = 20, 200


def door(community: Community, _now: datetime) -> Door:
    count, is_more = counted_up_to(at_work_in(community))
    words = ngettext("проблема чекає на вирішення", "проблем чекають на вирішення", count)
    return Door(number=f"{count}+" if is_more else str(count), words=words)


def happenings(community: Community | None, now: datetime, limit: int) -> Sequence[Happening]:
    return [happening_of(report, now=now) for report in newest_in(community, limit=limit)]


def needs_me(person: Person, community: Community, now: datetime) -> Sequence[NeedsMe]:
    unsent = [
        NeedsMe(
            title=draft.typed.get("title") or _("Без назви"),
            path=f"/reports/start/{draft.pk}/check/",
            words=_("Повідомлення ще не надіслано"),
        )
        for draft in drafts_of(community, person)
    ]
    return unsent + [
        NeedsMe(
            title=report.title,
            path=f"{path_of(report)}#result",
            words=_("Закрито. Скажіть, чи справді вирішено"),
            due=report.archives_at,
        )
        for report in to_confirm_by(person.pk, community.pk, now)[:MINE]
    ]


def cabinet(person: Person, community: Community, now: datetime) -> Sequence[Mine]:
    return [
        Mine(
            title=_("Мої повідомлення"),
            rows=[happening_of(each, now=now) for each in written_by(person.pk, community.pk)[:MINE]],
            empty=_("Ви ще не повідомляли про проблеми."),
            more_path="/reports/",
        ),
        Mine(
            title=_("Мене теж це стосується"),
            rows=[happening_of(each, now=now) for each in joined_by(person.pk, community.pk, most=MINE)],
            empty=_("Ви ще не приєднувалися до чужих повідомлень."),
            more_path="/reports/",
        ),
    ]


def queue(found: Callable[[Community], QuerySet[Any]]) -> Callable[[Community, datetime], Sequence[QueueItem]]:
    """The first of them; whoever has more has the board of clocks."""

    def items(community: Community, _now: datetime) -> Sequence[QueueItem]:
        return [queue_item(each) for each in found(community)[:MOST]]

    return items


def charter_impact(community: Community, _old: Charter, _new: Charter, _now: datetime) -> Sequence[str]:
    """Whatever was sent already keeps its own version."""
    count, is_more = counted_up_to(at_work_in(community))
    if not count:
        return []
    words = ngettext(
        "%(count)s повідомлення вже в роботі й лишається за старими правилами.",
        "%(count)s повідомлень уже в роботі й лишаються за старими правилами.",
        count,
    )
    return [words % {"count": f"{count}+" if is_more else count}]


CONTROL = frozenset({Role.CONTROL.value})
MODERATOR = frozenset({Role.MODERATOR.value})

DESK_QUEUES = (
    DeskQueue(
        code="reports-moderation",
        title=N_("Повідомлення на перевірку"),
        roles=MODERATOR,
        items=queue(lambda community: in_states(community, State.CHECKING)),
    ),
    DeskQueue(
        code="reports-complaints",
        title=N_("Скарги на повідомлення"),
        roles=MODERATOR,
        items=waiting_besides(CODE, kind="report"),
    ),
    DeskQueue(
        code="reports-twins",
        title=N_("Можливо, про те саме вже повідомили"),
        roles=MODERATOR,
        items=twins_queue,
    ),
    DeskQueue(
        code="reports-self-help",
        title=N_("Мешканці вирішують самі"),
        roles=MODERATOR,
        items=self_help_queue,
    ),
    DeskQueue(
        code="reports-nobody",
        title=N_("Повідомлення, які нікому передати"),
        roles=CONTROL | MODERATOR,
        items=queue(held_by_nobody),
    ),
    DeskQueue(
        code="reports-not-taken",
        title=N_("Система організації не прийняла"),
        roles=CONTROL,
        items=refused_queue,
    ),
    DeskQueue(
        code="reports-reopened",
        title=N_("Відкриті повторно"),
        roles=CONTROL | MODERATOR,
        items=queue(lambda community: in_states(community, State.REOPENED)),
    ),
    DeskQueue(
        code="reports-disbelieved",
        title=N_("Закрито, але автор не згоден"),
        roles=CONTROL | MODERATOR,
        items=queue(disbelieved_in),
    ),
)

DESK_PAGES = (
    DeskPage(
        title=N_("Перенести повідомлення"),
        path="/reports/import/",
        roles=frozenset({Role.COMMUNITY_ADMIN.value, Role.OFFICER.value}),
    ),
    DeskPage(
        title=N_("Сервери організацій"),
        path="/reports/receivers/",
        roles=frozenset({Role.COMMUNITY_ADMIN.value}),
    ),
    DeskPage(
        title=N_("Категорії проблем"),
        path="/reports/categories/",
        roles=frozenset({Role.COMMUNITY_ADMIN.value}),
    ),
    DeskPage(title=N_("Мої завдання"), path="/reports/tasks/", roles=frozenset({Role.EXECUTOR.value})),
    DeskPage(
        title=N_("Кабінет організації"),
        path="/reports/organisation/",
        roles=frozenset({Role.WORKER.value, Role.HEAD.value, Role.EXECUTOR.value}),
    ),
    DeskPage(
        title=N_("Посібник: робота з повідомленнями"),
        path="/reports/guide/",
        roles=frozenset(
            {Role.WORKER.value, Role.HEAD.value, Role.EXECUTOR.value, Role.CONTROL.value, Role.MODERATOR.value}
        ),
    ),
    DeskPage(
        title=N_("Хто за що відповідає"),
        path="/reports/matrix/",
        roles=frozenset({Role.COMMUNITY_ADMIN.value, Role.CONTROL.value}),
    ),
    DeskPage(
        title=N_("Строки повідомлень"),
        path="/reports/control/",
        roles=frozenset(
            {
                Role.CONTROL.value,
                Role.MODERATOR.value,
                Role.MAYOR.value,
                Role.AUDITOR.value,
                Role.COMMUNITY_ADMIN.value,
            }
        ),
    ),
    DeskPage(
        title=N_("Звіти про повідомлення за тиждень і місяць"),
        path="/reports/periods/",
        roles=frozenset({Role.CONTROL.value, Role.MODERATOR.value, Role.HEAD.value, Role.MAYOR.value}),
    ),
)

INDICATORS = (
    Indicator(
        title=N_("Проблеми, які справді вирішено"),
        value=lambda community, _now: confirmed_in(community),
        words=lambda count: ngettext(
            "проблему вирішено, і автор це підтвердив", "проблем вирішено, і автори це підтвердили", count
        ),
    ),
)
