"""Following: who asked to be written to about a petition."""

from datetime import datetime

from django.db import transaction

from edem.foundation.people.models import Person
from edem.services.petitions.models import Follower


@transaction.atomic(durable=True)
def follow(petition_id: int, *, by: Person, now: datetime) -> None:
    Follower.objects.get_or_create(petition_id=petition_id, person=by, defaults={"since": now})


@transaction.atomic(durable=True)
def unfollow(petition_id: int, *, by: Person) -> None:
    Follower.objects.filter(petition_id=petition_id, person=by).delete()
