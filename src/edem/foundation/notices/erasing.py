"""Letters and wishes of somebody who has withdrawn their consent."""

from uuid import UUID

from django.db import transaction

from edem.foundation.notices.models import MailChoice, MailState, Notice, Subscription


@transaction.atomic(durable=True)
def erase_notices_of(person_id: UUID) -> None:
    """A letter that is just leaving keeps its line, for its fate must be told; its years end like those of others."""
    Notice.objects.filter(person_id=person_id).exclude(state=MailState.SENDING).delete()
    Subscription.objects.filter(person_id=person_id).delete()
    MailChoice.objects.filter(person_id=person_id).delete()
