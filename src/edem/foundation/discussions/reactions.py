"""What discussions do after what happened elsewhere."""

from datetime import datetime

from edem.foundation.discussions.erasing import unname_comments_of
from edem.foundation.events.readers import reacts_to
from edem.foundation.identity.events import PersonErased


@reacts_to(PersonErased)
def take_the_name_off_comments(event: PersonErased, now: datetime) -> None:
    del now
    unname_comments_of(event.person_id, till=event.erased_at)
