"""A person's decision about SMS and messages to browsers whose fate is unknown: none goes out twice by itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events import announce
from edem.foundation.notices.channels import NEWS_FOR
from edem.foundation.notices.events import MessagesQueued
from edem.foundation.notices.models import Message, MessageState
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Missing

WAITING_FOR_A_PERSON: Final = (MessageState.UNKNOWN, MessageState.FAILED)


def messages_in(state: MessageState) -> QuerySet[Message]:
    found = Message.objects.filter(state=state).select_related("community")
    return found.order_by("-created_at", "pk")


def message_counts() -> Mapping[MessageState, int]:
    """Every state, those without messages too."""
    counted = dict(Message.objects.values_list("state").annotate(count=Count("pk")).order_by("state"))
    return {state: counted.get(state.value, 0) for state in MessageState}


def messages_for_the_desk(community_id: int) -> QuerySet[Message]:
    """Those of a community that wait for a person's decision, the oldest first; codes are asked anew."""
    waiting = Message.objects.filter(community_id=community_id, state__in=WAITING_FOR_A_PERSON, contact_id=None)
    return waiting.order_by("created_at", "pk")


def message_at_the_desk(community_id: int, message_id: UUID) -> Message:
    """News only: who asks for a code is nobody's business at the desk."""
    found = Message.objects.filter(pk=message_id, community_id=community_id, contact_id=None)
    message = found.order_by("pk").first()
    if message is None:
        raise Missing("notices.no_such_message")
    return message


@transaction.atomic(durable=True)
def send_message_again(message_id: UUID, *, by: Person, now: datetime, at_desk_of: int | None = None) -> None:
    """Queue it anew under the same number: a gateway that has taken it already knows it by that.

    What the person has turned off meanwhile is looked at when it goes out, as ever. A community's desk reaches
    that community's messages only.
    """
    message = Message.objects.select_for_update(of=("self",)).filter(pk=message_id).order_by("pk").first()
    if message is None or at_desk_of not in {None, message.community_id}:
        raise Missing("notices.no_such_message")
    if message.contact_id is not None:
        raise Conflict("notices.codes_are_asked_anew")
    if message.state not in WAITING_FOR_A_PERSON:
        raise Conflict("notices.message_not_to_be_resent")

    before = message.state
    again = {"state": MessageState.QUEUED, "attempts": 0, "not_before": now, "expires_at": now + NEWS_FOR, "reply": ""}
    Message.objects.filter(pk=message.pk).update(**again, asked_at=None)
    announce(MessagesQueued())
    record_staff_act(
        by,
        "notices.message_resent",
        community_id=at_desk_of,
        subject=message,
        now=now,
        message=message.pk,
        before=before,
    )


def messages_waiting() -> int:
    """How many wait for a person's decision: codes do not, for they are asked anew."""
    return Message.objects.filter(state__in=WAITING_FOR_A_PERSON, contact_id=None).count()
