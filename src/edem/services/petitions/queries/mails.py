"""What a letter about a petition may say: nothing that is not on its public card or its author's own page."""

from edem.foundation.notices.facts import Fact
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.pages import total_of
from edem.services.petitions.rules.grounds import GROUNDS, Ground
from edem.services.petitions.rules.lifecycle import DECISION_LABELS, STATES, Decision, State


def facts_of(petition: Petition) -> dict[str, Fact]:
    last = petition.steps.order_by("-at", "-pk").first()
    return {
        "title": petition.title,
        "number": petition.number,
        "count": total_of(petition),
        "required": petition.required,
        "left": max(0, petition.required - total_of(petition)),
        "due_at": petition.due_at,
        "closes_at": petition.closes_at,
        "note": last.note if last else "",
        "ground": GROUNDS[Ground(petition.ground)].label if petition.ground else "",
        "decision": DECISION_LABELS[Decision(petition.decision)] if petition.decision else "",
        "body": petition.responsible_body,
        "state": STATES[State(petition.state)].label,
    }
