"""What identity does when something has happened: ask the register for a missing address."""

import logging
from datetime import datetime

from edem.foundation.events.readers import reacts_to
from edem.foundation.identity.events import AddressWanted
from edem.foundation.identity.membership.asking import ask_register
from edem.kernel.errors import Refused

log = logging.getLogger(__name__)


@reacts_to(AddressWanted)
def ask_where_they_live(event: AddressWanted, now: datetime) -> None:
    """One try: a silent register is no reason to ask about somebody again and again."""
    try:
        ask_register(event.person_id, community_id=event.community_id, by=None, now=now)
    except Refused as refusal:
        log.info("the register gave no address: %s", refusal.code)
