"""What exclusions say on a petition's card and case."""

from collections.abc import Collection

from edem.foundation.people.models import Person
from edem.services.petitions.queries.exclusions import trace_for_signer, traces_on
from edem.services.petitions.queries.pages import PetitionPage, progress_of
from edem.services.petitions.rules.lifecycle import Step
from edem.services.petitions.rules.shortfall import ways_on


def exclusion_facts(page: PetitionPage, reader: Person | None) -> dict[str, object]:
    """Nearly every petition has none, and then nothing more is asked of the database."""
    traces = traces_on(page.petition)
    return {
        "traces": traces,
        "own_trace": trace_for_signer(reader.pk, page.petition) if reader and traces else None,
        "shortfall": has_fallen_short(page),
    }


def has_fallen_short(page: PetitionPage) -> bool:
    """Exclusions took it below its threshold, and what follows is not decided yet."""
    return bool(ways_after_shortfall(page))


def ways_after_shortfall(page: PetitionPage) -> Collection[Step]:
    petition = page.petition
    return ways_on(progress_of(petition), shortfall_at=petition.shortfall_at, now=page.as_of)
