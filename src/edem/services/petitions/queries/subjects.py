"""A petition as something that may be followed, and whom its news concerns."""

from edem.foundation.notices.subjects import About, Kind, Subject
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.charters import CODE
from edem.services.petitions.rules.places import place_kept


def subject_of(petition_id: int) -> Subject:
    return Subject(Kind.ITEM, CODE, str(petition_id))


def about(petition: Petition, *, is_wide: bool) -> About:
    """Whom news of this petition concerns; its author is written to apart."""
    return About(
        service=CODE,
        item=str(petition.pk),
        topic=petition.category,
        settlement=petition.settlement_code,
        more_settlements=tuple(place_kept(row).settlement_code for row in petition.further_places),
        is_wide=is_wide,
        author_id=petition.author_id,
    )
