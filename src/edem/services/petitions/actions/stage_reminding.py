"""Reminders of a plan's stages: to whoever keeps the plan before the date, to the control body after it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from edem.foundation.notices.actions import Mail, send_notices
from edem.foundation.people.roles import Role
from edem.services.petitions.models import PlanStage
from edem.services.petitions.queries.fulfilment import facts_of_stage
from edem.services.petitions.queries.people import responsible_for, staff_with
from edem.services.petitions.rules.fulfilment import Standing
from edem.services.petitions.rules.lifecycle import State


@transaction.atomic(durable=True)
def remind_of_stage(stage_id: int, *, due_at: datetime, now: datetime) -> None:
    """Nobody is reminded of a stage that is done, was dropped or has moved."""
    stage = still_waiting(stage_id, due_at)
    if stage is None or now >= due_at:
        return

    tell(responsible_for(stage.petition, State.FULFILMENT), "reminder", stage, now=now)


@transaction.atomic(durable=True)
def tell_control_of_stage(stage_id: int, *, due_at: datetime, now: datetime) -> None:
    stage = still_waiting(stage_id, due_at)
    if stage is None:
        return

    watchers = staff_with(stage.petition, {Role.CONTROL})
    tell([*watchers, *responsible_for(stage.petition, State.FULFILMENT)], "overdue", stage, now=now)


def still_waiting(stage_id: int, due_at: datetime) -> PlanStage | None:
    waiting = PlanStage.objects.filter(
        pk=stage_id, due_at=due_at, standing=Standing.PLANNED, petition__state=State.FULFILMENT
    )
    return waiting.select_related("petition__community").order_by("pk").first()


def tell(people: Collection[UUID], template: str, stage: PlanStage, *, now: datetime) -> None:
    mail = Mail(
        topic="staff",
        template=f"petitions/mail/plan/{template}.html",
        path=f"/petitions/{stage.petition_id}/plan/",
        once=f"petitions.plan.{template}:{stage.pk}:{stage.due_at}",
        facts=facts_of_stage(stage),
    )
    send_notices(people, mail, community=stage.petition.community, now=now)
