"""An exclusion as staff see it: the set, the story, and what whoever reads it may decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from edem.foundation.communities.models import Community
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.places.queries import path_of
from edem.kernel.errors import Missing, NotAllowed
from edem.kernel.grounds import GroundLook
from edem.kernel.lifecycle import StateLook, Transition
from edem.services.petitions.models import Exclusion, ExclusionStep, PaperSheet, Petition, Signature
from edem.services.petitions.queries.exclusions import (
    Preview,
    chosen_by,
    conditions_of,
    exclusion_for,
    exclusions_of,
    preview_of,
)
from edem.services.petitions.queries.signatures import taken_off_by
from edem.services.petitions.rules.conditions import Conditions
from edem.services.petitions.rules.exclusions import (
    GROUNDS,
    PROCEDURE,
    PROPOSERS,
    STANDINGS,
    Ground,
    Move,
    Standing,
    may_decide,
)
from edem.services.petitions.rules.reading import is_staff_reading


@dataclass(frozen=True, kw_only=True)
class Line:
    """One exclusion in the petition's list of them."""

    exclusion: Exclusion
    look: StateLook
    ground: GroundLook


@dataclass(frozen=True, kw_only=True)
class Listed:
    lines: Sequence[Line]
    may_propose: bool


@dataclass(frozen=True, kw_only=True)
class ExclusionPage:
    exclusion: Exclusion
    petition: Petition
    look: StateLook
    ground: GroundLook
    conditions: Conditions
    steps: Sequence[ExclusionStep]
    signatures: QuerySet[Signature]
    preview: Preview
    """What would follow now; it differs from the proposal's if the set has changed since."""
    moves: Sequence[Transition[Standing, Move]]
    settlement: str
    sheet_number: int | None
    waits_for_another: bool
    """The reader's own proposal: somebody else decides."""

    @property
    def is_proposed(self) -> bool:
        return Standing(self.exclusion.standing) is Standing.PROPOSED

    @property
    def has_changed(self) -> bool:
        return self.is_proposed and self.preview.chosen.digest != self.exclusion.digest


def listed_exclusions(petition: Petition, *, reader: Person) -> Listed:
    held = roles_of(reader.pk, petition.community_id)
    if not is_staff_reading(held):
        raise NotAllowed("people.role_needed")
    lines = [
        Line(exclusion=each, look=STANDINGS[Standing(each.standing)], ground=GROUNDS[Ground(each.ground)])
        for each in exclusions_of(petition)
    ]
    return Listed(lines=lines, may_propose=not PROPOSERS.isdisjoint(held))


def exclusion_page(community: Community, petition_id: int, exclusion_id: int, *, reader: Person) -> ExclusionPage:
    exclusion = exclusion_for(community, petition_id, exclusion_id)
    held = roles_of(reader.pk, community.pk)
    if not is_staff_reading(held):
        raise Missing("exclusion.missing")
    petition, standing, conditions = exclusion.petition, Standing(exclusion.standing), conditions_of(exclusion)
    # A double signature comes back only with its account, at the desk where the two were merged.
    possible = PROCEDURE.steps_from(standing, held) if exclusion.ground != Ground.SAME_PERSON else ()
    moves = [each for each in possible if may_decide(each.step, proposed_by=exclusion.proposed_by_id, by=reader.pk)]
    still_to_go = standing in {Standing.PROPOSED, Standing.DECLINED}
    last = exclusion.last_ordinal
    return ExclusionPage(
        exclusion=exclusion,
        petition=petition,
        look=STANDINGS[standing],
        ground=GROUNDS[Ground(exclusion.ground)],
        conditions=conditions,
        steps=list(exclusion.steps.select_related("by").order_by("at", "pk")),
        signatures=chosen_by(petition, conditions, last_ordinal=last)
        if still_to_go
        else taken_off_by(petition, exclusion.pk),
        preview=preview_of(petition, conditions, last_ordinal=last),
        moves=moves,
        settlement=settlement_named(conditions.settlement_code),
        sheet_number=sheet_numbered(conditions.sheet_id),
        waits_for_another=len(moves) < len(possible),
    )


def settlement_named(code: str) -> str:
    path = path_of(code) if code else []
    return path[-1].name if path else code


def sheet_numbered(sheet_id: int | None) -> int | None:
    if sheet_id is None:
        return None
    return PaperSheet.objects.filter(pk=sheet_id).order_by("pk").values_list("number", flat=True).first()
