"""Reminders: to whoever must act before a term ends, and to the control body when it has ended."""

from datetime import datetime

from django.db import transaction

from edem.foundation.notices.actions import Mail, send_notices
from edem.foundation.people.roles import Role
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.mails import facts_of
from edem.services.petitions.queries.people import petition_told, responsible_for, staff_with
from edem.services.petitions.rules.lifecycle import RESPONSIBLE, State


@transaction.atomic(durable=True)
def remind_responsible(petition_id: int, state: str, *, due_at: datetime, now: datetime) -> None:
    """Nobody is reminded of a term that has been met or has moved."""
    petition = still_waiting(petition_id, state, due_at)
    if petition is None or now >= due_at:
        return

    send_notices(
        responsible_for(petition, State(state)), mail_of(petition, "reminder"), community=petition.community, now=now
    )


@transaction.atomic(durable=True)
def tell_control_body(petition_id: int, state: str, *, due_at: datetime, now: datetime) -> None:
    petition = still_waiting(petition_id, state, due_at)
    if petition is None:
        return

    watchers = staff_with(petition, {Role.CONTROL}) + responsible_for(petition, State(state))
    send_notices(watchers, mail_of(petition, "overdue"), community=petition.community, now=now)


def still_waiting(petition_id: int, state: str, due_at: datetime) -> Petition | None:
    petition = petition_told(petition_id)
    waits = petition is not None and petition.state == state and petition.due_at == due_at
    return petition if waits and State(state) in RESPONSIBLE else None


def mail_of(petition: Petition, template: str) -> Mail:
    return Mail(
        topic="staff",
        template=f"petitions/mail/{template}.html",
        path=f"/petitions/{petition.pk}/case/",
        once=f"petitions.{template}:{petition.pk}:{petition.state}:{petition.due_at}",
        facts=facts_of(petition),
    )
