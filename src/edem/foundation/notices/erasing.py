"""Letters and wishes of somebody who has withdrawn their consent."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from edem.foundation.notices.models import MailChoice, MailState, Message, MessageState, Notice, Subscription


@transaction.atomic(durable=True)
def erase_notices_of(person_id: UUID, *, till: datetime) -> None:
    """What came after a new consent stays; so does the line of a letter just leaving, for its fate must be told."""
    told = Notice.objects.filter(person_id=person_id, created_at__lte=till)
    told.exclude(state=MailState.SENDING).delete()
    messages = Message.objects.filter(person_id=person_id, created_at__lte=till)
    messages.exclude(state=MessageState.SENDING).delete()
    Subscription.objects.filter(person_id=person_id, since__lte=till).delete()
    MailChoice.objects.filter(person_id=person_id, chosen_at__lte=till).delete()
