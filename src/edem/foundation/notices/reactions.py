"""Letters go out right after the commit that queued them."""

from datetime import datetime

from edem.foundation.events import reacts_to
from edem.foundation.identity.events import PersonErased
from edem.foundation.notices.erasing import erase_notices_of
from edem.foundation.notices.events import NoticesQueued
from edem.foundation.notices.mailing import send_queued


@reacts_to(NoticesQueued)
def send_what_was_queued(event: NoticesQueued, now: datetime) -> None:
    del event
    send_queued(now=now)


@reacts_to(PersonErased)
def forget_what_was_told(event: PersonErased, now: datetime) -> None:
    del now
    erase_notices_of(event.person_id)
