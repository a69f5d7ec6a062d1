"""What waited for the mail server, and what a dead worker left."""

from datetime import datetime

from edem.foundation.events import every
from edem.foundation.notices.mailing import give_up_lost, send_queued


@every(minutes=1)
def send_what_waited(now: datetime) -> None:
    give_up_lost(now=now)
    send_queued(now=now)
