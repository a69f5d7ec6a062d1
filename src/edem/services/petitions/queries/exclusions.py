"""What officers see before they exclude signatures, what waits for a second person, and what everybody reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, CharField, Count, F, Max, Min, QuerySet

from edem.foundation.communities.models import Community
from edem.kernel.errors import Missing
from edem.kernel.grounds import GroundLook
from edem.services.petitions.models import Exclusion, Petition, Signature, SignatureRemoval
from edem.services.petitions.queries.pages import total_of
from edem.services.petitions.queries.signatures import counted_on, signatures_given
from edem.services.petitions.rules.conditions import Conditions
from edem.services.petitions.rules.exclusions import GROUNDS, TOOK_PLACE, WAITING, Ground, Move, Standing


class PlacesDigest(Aggregate):
    """SHA-256 of the places in order: two sets have the same one only if they are the same set."""

    template = (
        "encode(sha256(convert_to(string_agg(%(expressions)s::text, ',' ORDER BY %(expressions)s), 'UTF8')), 'hex')"
    )
    output_field = CharField()


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A set of signatures, told by its size, its ends and its digest."""

    count: int
    first_at: datetime | None
    last_at: datetime | None
    digest: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What an exclusion would do, before anything is changed."""

    conditions: Conditions
    last_ordinal: int
    chosen: Chosen
    before: int
    required: int

    @property
    def after(self) -> int:
        return self.before - self.chosen.count

    @property
    def percent(self) -> float:
        return round(self.chosen.count * 100 / self.before, 1) if self.before else 0.0

    @property
    def falls_below(self) -> bool:
        return self.after < self.required <= self.before


@dataclass(frozen=True, kw_only=True)
class Trace:
    """An exclusion as everybody reads it."""

    exclusion: Exclusion
    ground: GroundLook
    is_undone: bool
    return_note: str
    """Why its signatures came back."""


def chosen_by(petition: Petition, conditions: Conditions, *, last_ordinal: int) -> QuerySet[Signature]:
    """The signatures that hold, were there at the preview, and meet every condition."""
    listed = counted_on(petition).filter(ordinal__lte=last_ordinal)
    wanted: dict[str, Any] = {
        "signed_at__gte": conditions.since,
        "signed_at__lt": conditions.ends_before,
        "channel": conditions.channel or None,
        "assurance": conditions.assurance or None,
        "sheet_id": conditions.sheet_id,
        "settlement_code": conditions.settlement_code or None,
        "public_name__icontains": conditions.name or None,
    }
    found = listed.filter(**{name: value for name, value in wanted.items() if value is not None})
    if conditions.repeats is not None:
        by_name = listed.order_by().values("public_name").annotate(times=Count("mark"))
        found = found.filter(public_name__in=by_name.filter(times__gte=conditions.repeats).values("public_name"))
    return found


def measured(chosen: QuerySet[Signature]) -> Chosen:
    facts = chosen.order_by().aggregate(
        count=Count("mark"), first_at=Min("signed_at"), last_at=Max("signed_at"), digest=PlacesDigest(F("ordinal"))
    )
    return Chosen(**(facts | {"digest": facts["digest"] or ""}))


def preview_of(petition: Petition, conditions: Conditions, *, last_ordinal: int | None = None) -> Preview:
    """By default of the list as it stands; what is signed from now on is not part of it."""
    last = petition.last_ordinal if last_ordinal is None else last_ordinal
    return Preview(
        conditions=conditions,
        last_ordinal=last,
        chosen=measured(chosen_by(petition, conditions, last_ordinal=last)),
        before=total_of(petition),
        required=petition.required,
    )


def conditions_of(exclusion: Exclusion) -> Conditions:
    return Conditions.model_validate(exclusion.conditions)


def exclusions_of(petition: Petition) -> QuerySet[Exclusion]:
    """The newest first."""
    found = Exclusion.objects.filter(petition=petition).select_related("proposed_by")
    return found.order_by("-proposed_at", "-pk")


def exclusion_for(community: Community, petition_id: int, exclusion_id: int) -> Exclusion:
    found = Exclusion.objects.select_related("petition__community", "petition__charter", "proposed_by")
    exclusion = found.filter(community=community, petition_id=petition_id, pk=exclusion_id).order_by("pk").first()
    if exclusion is None:
        raise Missing("exclusion.missing")
    return exclusion


def traces_on(petition: Petition) -> Sequence[Trace]:
    """What was excluded and what came back, in the order in which it happened."""
    found = Exclusion.objects.filter(petition=petition, standing__in=list(TOOK_PLACE)).order_by("held_at", "pk")
    return [trace_of(each) for each in found]


def trace_of(exclusion: Exclusion) -> Trace:
    is_undone = Standing(exclusion.standing) is Standing.UNDONE
    return Trace(
        exclusion=exclusion,
        ground=GROUNDS[Ground(exclusion.ground)],
        is_undone=is_undone,
        return_note=last_note(exclusion, Move.PROPOSE_RETURN) if is_undone else "",
    )


def last_note(exclusion: Exclusion, move: Move) -> str:
    notes = exclusion.steps.filter(step=move).order_by("-at", "-pk").values_list("note", flat=True)
    return notes.first() or ""


def trace_for_signer(person_id: UUID, petition: Petition) -> Trace | None:
    """The exclusion that this person's own signature fell under, while it holds."""
    own = signatures_given(petition).filter(person_id=person_id).order_by()
    removals = SignatureRemoval.objects.filter(
        community_id=petition.community_id, petition_id=petition.pk, mark__in=own.values("mark")
    )
    held = Exclusion.objects.filter(petition=petition, standing__in=list(TOOK_PLACE - {Standing.UNDONE}))
    taken = held.filter(pk__in=removals.order_by().values("exclusion_id")).order_by("held_at", "pk").first()
    return trace_of(taken) if taken else None


def exclusions_waiting(community: Community) -> QuerySet[Exclusion]:
    found = Exclusion.objects.filter(community=community, standing__in=list(WAITING)).select_related("petition")
    return found.order_by("proposed_at", "pk")
