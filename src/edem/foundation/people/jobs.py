"""What ends by the clock: access in an emergency. Its role has stopped working at that moment in any case."""

from datetime import datetime

from edem.foundation.events.readers import at_its_moment, every
from edem.foundation.people.emergency.actions import close_ended_emergencies
from edem.foundation.people.events import EmergencyOpened


@at_its_moment(EmergencyOpened, moment="until")
@every(minutes=5)
def close_what_has_ended(now: datetime) -> None:
    close_ended_emergencies(now=now)
