"""What ends by the clock: access in an emergency, whose role has stopped working by itself; tries long past."""

from datetime import datetime

from edem.foundation.events.readers import at_its_moment, daily, every
from edem.foundation.people.emergency.actions import close_ended_emergencies
from edem.foundation.people.events import EmergencyOpened
from edem.foundation.people.models import Tries


@at_its_moment(EmergencyOpened, moment="until")
@every(minutes=5)
def close_what_has_ended(now: datetime) -> None:
    close_ended_emergencies(now=now)


@daily(at="03:55")
def forget_old_tries(now: datetime) -> None:
    Tries.objects.filter(until__lte=now).delete()
