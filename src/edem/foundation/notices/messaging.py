"""Short messages: queued beside letters, claimed in a commit of their own before they go out, never sent twice."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from edem.foundation.events import announce
from edem.foundation.notices.events import MessagesQueued
from edem.foundation.notices.models import Channel, Message, MessageState
from edem.foundation.notices.post import Fate, Outcome
from edem.foundation.notices.push.sending import send_push
from edem.foundation.notices.sms.sending import send_text

logger = logging.getLogger(__name__)

FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=1)
AT_ONCE: Final = 200
IN_HAND: Final = timedelta(minutes=5)
"""Longer than any conversation: a message claimed before that lost its worker."""
_SENDERS: Final = {Channel.SMS: send_text, Channel.PUSH: send_push}


def queue_messages(messages: Iterable[Message]) -> None:
    """Inside the caller's transaction; whoever was told of the occasion by this channel is not told again."""
    rows = list(messages)
    if rows:
        Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        announce(MessagesQueued())


def send_messages(*, now: datetime) -> None:
    """Until none is due; what is left over goes to a job of its own."""
    for _each in range(AT_ONCE):
        message = _claim(now)
        if message is None:
            return
        _send(message, now=now)
    _leave_the_rest_to_the_next_job()


def give_up_lost_messages(*, now: datetime) -> None:
    """A worker died with a message in its hand: it may have gone out, so it is not sent again."""
    lost = Message.objects.filter(state=MessageState.SENDING, claimed_at__lt=now - IN_HAND)
    lost.update(state=MessageState.UNKNOWN, reply="lost", sent_at=now)


@transaction.atomic
def _leave_the_rest_to_the_next_job() -> None:
    announce(MessagesQueued())


@transaction.atomic(durable=True)
def _claim(now: datetime) -> Message | None:
    due = Message.objects.filter(state=MessageState.QUEUED, not_before__lte=now).order_by(
        "not_before", "created_at", "pk"
    )
    message = due.select_for_update(skip_locked=True, of=("self",)).select_related("community").first()
    if message is not None:
        _record(message, MessageState.SENDING, attempts=message.attempts + 1, claimed_at=now)
    return message


def _send(message: Message, *, now: datetime) -> None:
    if message.expires_at <= now:
        _record(message, MessageState.NOT_SENT, reply="late")
        return
    outcome = _SENDERS[Channel(message.channel)](message, now=now)
    if isinstance(outcome, str):
        _record(message, MessageState.NOT_SENT, reply=outcome)
    else:
        _conclude(message, outcome, now=now)
    logger.info("message %s: %s %s", message.pk, message.state, message.reply)


def _conclude(message: Message, outcome: Outcome, *, now: datetime) -> None:
    reply = str(outcome.code or "broken")
    match outcome.fate:
        case Fate.SENT:
            _record(message, MessageState.SENT, sent_at=now, reply=reply)
        case Fate.REFUSED:
            _record(message, MessageState.FAILED, reply=reply)
        case Fate.UNKNOWN:
            _record(message, MessageState.UNKNOWN, sent_at=now, reply=reply)
        case Fate.LATER:
            _record(message, MessageState.QUEUED, not_before=now + waiting(message.attempts), reply=reply)


def waiting(attempts: int) -> timedelta:
    longest_power = 6
    return min(FIRST_WAIT * (1 << min(attempts - 1, longest_power)), LONGEST_WAIT)


def _record(message: Message, state: MessageState, **changes: object) -> None:
    for name, value in {"state": state, **changes}.items():
        setattr(message, name, value)
    message.save(update_fields=["state", *changes])
