"""What waited for the mail server, what a dead worker left, and the digests whose hour has come."""

from datetime import datetime

from edem.foundation.events import every
from edem.foundation.notices.mailing import give_up_lost, send_queued
from edem.foundation.notices.planning import send_out_due_digests


@every(minutes=1)
def send_what_waited(now: datetime) -> None:
    give_up_lost(now=now)
    send_queued(now=now)


@every(minutes=5)
def send_out_digests(now: datetime) -> None:
    """A round that a dead worker left goes on where it stopped."""
    send_out_due_digests(now=now)
