"""What an officer may choose signatures by: the ways, settlements and sheets that the list really has."""

from collections.abc import Sequence
from dataclasses import dataclass

from edem.foundation.places.queries import settlements_of
from edem.services.petitions.models import PaperSheet, Petition, SignatureTally
from edem.services.petitions.queries.signatures import counted_on


@dataclass(frozen=True, kw_only=True)
class Choices:
    channels: Sequence[str]
    assurances: Sequence[str]
    settlements: Sequence[tuple[str, str]]
    sheets: Sequence[tuple[int, int]]
    """Key and number of each paper sheet that brought signatures."""


def choices_of(petition: Petition) -> Choices:
    tallies = SignatureTally.objects.filter(
        community_id=petition.community_id, petition_id=petition.pk, count__gt=0
    ).order_by()
    lived = set(counted_on(petition).order_by().values_list("settlement_code", flat=True).distinct())
    settlements = settlements_of(petition.community.katottg).order_by("name_key", "code")
    sheets = PaperSheet.objects.filter(petition=petition, counted__gt=0).order_by("number", "pk")
    return Choices(
        channels=sorted(set(tallies.values_list("channel", flat=True))),
        assurances=sorted(set(tallies.values_list("assurance", flat=True))),
        settlements=[(unit.code, unit.name) for unit in settlements if unit.code in lived],
        sheets=list(sheets.values_list("pk", "number")),
    )
