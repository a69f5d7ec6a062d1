"""What letters about exclusions say: counts, grounds and reasons that are on the card anyway; no names."""

from datetime import datetime

from edem.foundation.notices.facts import Fact
from edem.services.petitions.models import Exclusion, Petition, PetitionStep
from edem.services.petitions.rules.exclusions import GROUNDS, WAITING, Ground, Standing
from edem.services.petitions.rules.lifecycle import LIFECYCLE, State, Step


def exclusion_told(exclusion_id: int, *, waiting_since: datetime | None = None) -> Exclusion | None:
    """Of a proposal: only while that very proposal still waits."""
    found = Exclusion.objects.select_related("petition__community").filter(pk=exclusion_id)
    if waiting_since is not None:
        found = found.filter(standing__in=list(WAITING), proposed_at=waiting_since)
    return found.order_by("pk").first()


def facts_of_exclusion(exclusion: Exclusion) -> dict[str, Fact]:
    return {
        "taken": exclusion.count,
        "back": exclusion.returned_count,
        "ground": GROUNDS[Ground(exclusion.ground)].label,
        "reason": exclusion.reason,
        "is_return": Standing(exclusion.standing) is Standing.RETURN_PROPOSED,
    }


def facts_of_decision(petition_id: int, step: str, *, at: datetime) -> dict[str, Fact]:
    taken = PetitionStep.objects.filter(petition_id=petition_id, step=step, at=at).order_by("-pk").first()
    if taken is None:
        return {"what": "", "note": ""}
    return {"what": LIFECYCLE.transition(Step(step), State(taken.from_state)).label, "note": taken.note}


def again_since(petition: Petition) -> str:
    """Tells the letters after a return to collecting from those before it."""
    times = petition.steps.filter(step=Step.COLLECT_ON).count()
    return f":{times}" if times else ""
