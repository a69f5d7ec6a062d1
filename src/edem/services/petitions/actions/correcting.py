"""Correcting a published text while nobody else has signed it (decision 0010)."""

from datetime import datetime
from typing import Final

from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.foundation.moderation.actions import open_case
from edem.foundation.moderation.rules import Subject
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, NotAllowed
from edem.kernel.ukrainian import N_
from edem.services.petitions.actions.indexing import index
from edem.services.petitions.actions.stepping import drop_lists, lock, show_anew
from edem.services.petitions.events import CorrectionTaken, TextRefused, TextSubmitted
from edem.services.petitions.models import Petition, PetitionEdition, Told
from edem.services.petitions.queries.charters import CODE, charter_of
from edem.services.petitions.queries.editions import is_correctable, others_signed, text_of, waiting_edition
from edem.services.petitions.rules.authorship import check_may_correct
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.text import Text, check_complete, tidy

OVERTAKEN: Final = N_("Петицію вже підписали: її текст більше не змінюється")


@transaction.atomic(durable=True)
def correct_petition(petition_id: int, text: Text, *, by: Person, now: datetime) -> int:
    """Ask the moderator to put a corrected text in the place of the published one."""
    petition = lock(petition_id)

    if petition.author_id != by.pk:
        raise NotAllowed("petition.not_yours")
    check_still_correctable(petition)
    if petition.text_hidden_at is not None:
        raise Conflict("petition.text_hidden_first")
    if waiting_edition(petition):
        raise Conflict("petition.correction_waits")
    wanted = tidy(text)
    check_complete(wanted)
    if wanted == text_of(petition):
        raise Conflict("petition.nothing_corrected")

    edition = PetitionEdition.objects.create(
        petition=petition, title=wanted.title, essence=wanted.essence, demand=wanted.demand, written_at=now
    )
    subject = Subject(service=CODE, kind="edition", subject_id=str(edition.pk))
    path = f"/moderation/{CODE}/edition/{edition.pk}/"
    open_case(subject, community_id=petition.community_id, title=wanted.title, path=path, now=now)
    announce(TextSubmitted(petition_id=petition.pk, kind="edition", text_id=edition.pk))
    return edition.pk


def take_correction(edition: PetitionEdition, *, now: datetime) -> None:
    """Part of the moderator's decision. A signature in flight holds the lock: the text under it never changes."""
    petition = lock(edition.petition_id)
    if edition.state != Told.WAITING:
        return
    if petition.text_hidden_at is not None:
        raise Conflict("petition.text_hidden_first")
    if not is_correctable(petition):
        lapse(edition)
        return

    earlier = text_of(petition)
    edition.earlier_title, edition.earlier_essence = earlier.title, earlier.essence
    edition.earlier_demand = earlier.demand
    edition.state, edition.taken_at = Told.PUBLIC, now
    edition.save()
    petition.title, petition.essence, petition.demand = edition.title, edition.essence, edition.demand
    petition.save(update_fields=["title", "essence", "demand"])
    index(petition)
    show_anew(petition)
    drop_lists(petition.community)
    announce(CorrectionTaken(petition_id=petition.pk, edition_id=edition.pk))


def refuse_correction(edition: PetitionEdition, *, ground: str) -> None:
    if edition.state != Told.WAITING:
        return
    edition.state, edition.ground = Told.REFUSED, ground
    edition.save(update_fields=["state", "ground"])
    announce(TextRefused(petition_id=edition.petition_id, kind="edition", text_id=edition.pk))


def lapse(edition: PetitionEdition) -> None:
    """Somebody signed the published text while the correction waited."""
    edition.state, edition.ground = Told.LAPSED, OVERTAKEN
    edition.save(update_fields=["state", "ground"])
    announce(TextRefused(petition_id=edition.petition_id, kind="edition", text_id=edition.pk))


def check_still_correctable(petition: Petition) -> None:
    state = State(petition.state)
    check_may_correct(charter_of(petition), state=state, signed_by_others=others_signed(petition))
