"""The author's news: written, read by a moderator, told to followers."""

from datetime import datetime

from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.foundation.moderation.actions import open_case
from edem.foundation.moderation.rules import Subject
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, NotAllowed
from edem.services.petitions.actions.stepping import lock, show_anew
from edem.services.petitions.events import TextRefused, TextSubmitted, UpdatePublished
from edem.services.petitions.models import PetitionUpdate, Told
from edem.services.petitions.queries.charters import CODE, charter_of
from edem.services.petitions.queries.updates import last_told_at, waiting_update
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.updates import check_may_tell, tidy_update


@transaction.atomic(durable=True)
def tell_news(petition_id: int, text: str, *, by: Person, now: datetime) -> int:
    """Write news for the followers; a moderator reads it before they do."""
    petition = lock(petition_id)

    if petition.author_id != by.pk:
        raise NotAllowed("petition.not_yours")
    if waiting_update(petition):
        raise Conflict("petition.update_waits")
    check_may_tell(charter_of(petition), state=State(petition.state), last_at=last_told_at(petition), now=now)
    tidied = tidy_update(text)

    update = PetitionUpdate.objects.create(petition=petition, text=tidied, written_at=now)
    path = f"/moderation/{CODE}/update/{update.pk}/"
    open_case(subject_of(update), community_id=petition.community_id, title=petition.title, path=path, now=now)
    announce(TextSubmitted(petition_id=petition.pk, kind="update", text_id=update.pk))
    return update.pk


def publish_update(update: PetitionUpdate, *, now: datetime) -> None:
    """Part of the moderator's decision; what was public already stays as it is."""
    if update.state != Told.WAITING:
        return
    update.state, update.published_at = Told.PUBLIC, now
    update.save(update_fields=["state", "published_at"])
    show_anew(update.petition)
    announce(UpdatePublished(petition_id=update.petition_id, update_id=update.pk))


def hide_update(update: PetitionUpdate, *, ground: str) -> None:
    """Part of the moderator's decision: refused before anybody read it, or taken down after a report."""
    was_public = update.state == Told.PUBLIC
    update.state = Told.HIDDEN if was_public else Told.REFUSED
    update.ground = ground
    update.save(update_fields=["state", "ground"])
    show_anew(update.petition)
    announce(TextRefused(petition_id=update.petition_id, kind="update", text_id=update.pk))


def subject_of(update: PetitionUpdate) -> Subject:
    return Subject(service=CODE, kind="update", subject_id=str(update.pk))
