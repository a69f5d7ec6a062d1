"""Asks the gateway what has become of messages: each for two days, ever more seldom."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Q

from edem.foundation.notices.models import Channel, Message, MessageState
from edem.foundation.notices.sms.choosing import are_texts_sent
from edem.foundation.notices.sms.sending import ask_what_became

ASKED_FOR: Final = timedelta(days=2)
AT_ONCE: Final = 100


def ask_for_reports(*, now: datetime) -> None:
    """Those not asked about for the longest come first."""
    if not are_texts_sent():
        return
    open_ones = Message.objects.filter(
        channel=Channel.SMS, state__in=[MessageState.SENT, MessageState.UNKNOWN], sent_at__gt=now - ASKED_FOR
    )
    due = open_ones.filter(Q(asked_at__isnull=True) | Q(asked_at__lt=now - timedelta(minutes=5)))
    for message in due.order_by(F("asked_at").asc(nulls_first=True), "pk")[:AT_ONCE]:
        ask_what_became(message, now=now)
