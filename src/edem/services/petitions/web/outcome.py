"""What follows a petition's threshold, for its card and its case: hearings and the plan of fulfilment."""

from edem.services.petitions.queries.fulfilment import plan_of
from edem.services.petitions.queries.hearings import awaits_hearing, hearings_of, may_be_heard
from edem.services.petitions.queries.pages import PetitionPage


def outcome_facts(page: PetitionPage, *, is_at_desk: bool = False) -> dict[str, object]:
    petition, now = page.petition, page.as_of
    hearings = hearings_of(petition, now=now)
    return {
        "plan": plan_of(petition, now=now),
        "hearings": hearings,
        "hearing_asked": awaits_hearing(petition, hearings),
        "may_be_heard": is_at_desk and may_be_heard(petition),
    }
