"""What an author does with a petition before it collects signatures."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from edem.foundation.communities.models import Community
from edem.foundation.communities.queries import charter_in_force
from edem.foundation.events.announcing import announce
from edem.foundation.moderation.actions import open_case
from edem.foundation.moderation.rules import Decision
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.services.petitions.actions.moderating import decide, path_of, subject_of
from edem.services.petitions.actions.placing import put_first
from edem.services.petitions.actions.stepping import check_may, lock, move
from edem.services.petitions.events import PetitionSubmitted, PetitionWithdrawn
from edem.services.petitions.models import NumberSeries, Petition
from edem.services.petitions.queries.charters import CODE, charter_of, read_version
from edem.services.petitions.queries.mine import open_petitions_of
from edem.services.petitions.rules.authorship import check_may_submit, check_may_withdraw
from edem.services.petitions.rules.lifecycle import State, Step
from edem.services.petitions.rules.places import NOWHERE, Place
from edem.services.petitions.rules.text import Text, check_complete, tidy

EDITABLE = frozenset({State.DRAFT, State.RETURNED})


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the author typed; a draft may be incomplete."""

    text: Text
    category: str
    place: Place = NOWHERE
    hearing_asked: bool = False


@transaction.atomic(durable=True)
def start_draft(community: Community, draft: Draft, *, by: Person, now: datetime) -> int:
    version = charter_in_force(community.pk, CODE, now=now)

    petition = Petition(community=community, charter=version, author=by, author_name=by.display_name, created_at=now)
    petition.required = read_version(version.pk).threshold
    write(petition, draft)
    petition.save()
    return petition.pk


@transaction.atomic(durable=True)
def edit_draft(petition_id: int, draft: Draft, *, by: Person, now: datetime) -> None:
    petition = lock(petition_id)

    if petition.author_id != by.pk:
        raise NotAllowed("petition.not_yours")
    if State(petition.state) not in EDITABLE:
        raise Conflict("petition.published_already")

    write(petition, draft)
    petition.touched_at = now
    petition.save()


@transaction.atomic(durable=True)
def submit_petition(petition_id: int, *, by: Person, now: datetime) -> None:
    """Send a draft to the moderator; it gets its number, and the term for the check starts."""
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)  # the limits count one at a time
    petition = lock(petition_id)

    check_may(Step.SUBMIT, petition, by=by)
    check_complete(Text(title=petition.title, essence=petition.essence, demand=petition.demand))
    open_now, last_at = open_petitions_of(by.pk, petition.community_id, besides=petition.pk)
    check_may_submit(charter_of(petition), open_now=open_now, last_at=last_at, now=now)

    petition.number = petition.number or next_number(petition.community_id)
    petition.submitted_at = now
    clock = move(petition, Step.SUBMIT, by=by, now=now)
    petition.save()
    open_case(
        subject_of(petition),
        community_id=petition.community_id,
        title=petition.title,
        path=path_of(petition),
        now=now,
        due_at=clock.due_at if clock else None,
    )
    announce(PetitionSubmitted(petition_id=petition.pk))


@transaction.atomic(durable=True)
def withdraw_petition(petition_id: int, *, by: Person, now: datetime, note: str = "") -> None:
    petition = lock(petition_id)

    check_may(Step.WITHDRAW, petition, by=by, note=note)
    state = State(petition.state)
    check_may_withdraw(charter_of(petition), state=state, signatures=petition.signature_count)

    move(petition, Step.WITHDRAW, by=by, now=now, note=note)
    petition.save()
    if state is State.MODERATION:
        decide(petition, Decision.WITHDRAWN, by=by, now=now)
    announce(PetitionWithdrawn(petition_id=petition.pk))


def write(petition: Petition, draft: Draft) -> None:
    """Put what was typed into the petition, tidied; the category must be one of the charter's."""
    if draft.category not in charter_of(petition).categories:
        raise Invalid("petition.unknown_category")
    text = tidy(draft.text)
    petition.title, petition.essence, petition.demand = text.title, text.essence, text.demand
    petition.category = draft.category
    put_first(petition, draft.place)
    petition.hearing_asked = draft.hearing_asked


def next_number(community_id: int) -> int:
    NumberSeries.objects.get_or_create(community_id=community_id)
    series = NumberSeries.objects.select_for_update(of=("self",)).get(community_id=community_id)
    series.last = F("last") + 1
    series.save(update_fields=["last"])
    series.refresh_from_db(fields=["last"])
    return series.last
