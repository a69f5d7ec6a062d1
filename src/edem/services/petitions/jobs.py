"""What the clock does with petitions: closes them at their stroke, reminds, and tells who watches the terms."""

from datetime import datetime

from edem.foundation.events.readers import at_its_moment, every
from edem.services.petitions.actions.closing import close_petition
from edem.services.petitions.events import PetitionPublished
from edem.services.petitions.queries.deadlines import petitions_to_close


@at_its_moment(PetitionPublished, moment="closes_at")
def close_at_the_stroke(event: PetitionPublished, now: datetime) -> None:
    close_petition(event.petition_id, now=now)


@every(minutes=5)
def close_ended_petitions(now: datetime) -> None:
    """Mend what was missed while no worker ran."""
    for petition_id in petitions_to_close(now):
        close_petition(petition_id, now=now)
