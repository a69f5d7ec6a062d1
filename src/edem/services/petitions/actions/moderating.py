"""What the moderator does: publish, return for rework, or refuse on a ground of the law."""

from datetime import datetime

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.queries import charter_in_force
from edem.foundation.events.announcing import announce
from edem.foundation.identity.keys import mark_keys
from edem.foundation.moderation.actions import decide_case, open_case
from edem.foundation.moderation.rules import Decision, Ground, Subject
from edem.foundation.people.models import Person
from edem.kernel.errors import Invalid
from edem.services.petitions.actions.attaching import show_attachments
from edem.services.petitions.actions.indexing import index
from edem.services.petitions.actions.stepping import check_may, lock, move
from edem.services.petitions.events import PetitionPublished, PetitionRejected, PetitionReturned
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.charters import CODE, charter_of
from edem.services.petitions.rules.grounds import GROUNDS
from edem.services.petitions.rules.grounds import Ground as GroundCode
from edem.services.petitions.rules.lifecycle import Step


@transaction.atomic(durable=True)
def publish_petition(petition_id: int, *, by: Person, now: datetime) -> None:
    """Open the collection of signatures under the charter that is in force today."""
    petition = lock(petition_id)

    check_may(Step.PUBLISH, petition, by=by)

    petition.charter = charter_in_force(petition.community_id, CODE, now=now)
    petition.required = charter_of(petition).threshold
    petition.published_at = now
    petition.key_version = mark_keys().current
    clock = move(petition, Step.PUBLISH, by=by, now=now)
    petition.closes_at = clock.due_at if clock else None
    petition.save()
    index(petition)
    show_attachments(petition)
    if petition.closes_at:
        announce(PetitionPublished(petition_id=petition.pk, closes_at=petition.closes_at))
    decide(petition, Decision.APPROVED, by=by, now=now)
    log(petition, "petition.published", by=by, now=now)


@transaction.atomic(durable=True)
def return_petition(petition_id: int, *, by: Person, now: datetime, note: str) -> None:
    petition = lock(petition_id)

    check_may(Step.RETURN, petition, by=by, note=note)

    move(petition, Step.RETURN, by=by, now=now, note=note)
    petition.save()
    announce(PetitionReturned(petition_id=petition.pk))
    decide(petition, Decision.RETURNED, by=by, now=now, reason=note)
    log(petition, "petition.returned", by=by, now=now)


@transaction.atomic(durable=True)
def reject_petition(petition_id: int, *, by: Person, now: datetime, ground: str, note: str) -> None:
    """Refuse publication; number, date and ground stay in the public record, with the reason."""
    petition = lock(petition_id)

    check_may(Step.REJECT, petition, by=by, note=note)
    if ground not in list(GroundCode):
        raise Invalid("petition.unknown_ground")

    petition.ground = ground
    move(petition, Step.REJECT, by=by, now=now, note=note)
    petition.save()
    announce(PetitionRejected(petition_id=petition.pk))
    decide(petition, Decision.REFUSED, by=by, now=now, reason=note)
    log(petition, "petition.rejected", by=by, now=now)


def decide(petition: Petition, decision: Decision, *, by: Person, now: datetime, reason: str = "") -> None:
    """Close the moderators' case; a refusal stands in the public log with its ground."""
    subject = subject_of(petition)
    open_case(subject, community_id=petition.community_id, title=petition.title, path=path_of(petition), now=now)
    look = GROUNDS[GroundCode(petition.ground)] if petition.ground else None
    ground = Ground(code=petition.ground, label=look.label, clause=look.clause) if look else None
    note = reason if decision is Decision.REFUSED and look and not look.hides_text else ""
    decide_case(
        subject,
        decision,
        community_id=petition.community_id,
        by=by,
        now=now,
        ground=ground,
        reason=reason,
        public_note=note,
        public_path=f"/petitions/{petition.pk}/" if decision is Decision.REFUSED else "",
    )


def subject_of(petition: Petition) -> Subject:
    return Subject(service=CODE, kind="petition", subject_id=str(petition.pk))


def path_of(petition: Petition) -> str:
    return f"/petitions/{petition.pk}/case/"


def log(petition: Petition, act: str, *, by: Person, now: datetime) -> None:
    record_staff_act(by, act, community_id=petition.community_id, subject=petition, now=now)
