"""Events: facts that happened, announced in the transaction that made them true and read after its commit.

A service's pure `events.py` imports `event` from `edem.foundation.events.facts`; everything else is here.
"""

from edem.foundation.events.announcing import announce
from edem.foundation.events.facts import event
from edem.foundation.events.readers import at_its_moment, daily, events_and_readers, every, reacts_to, scheduled_jobs

__all__ = [
    "announce",
    "at_its_moment",
    "daily",
    "event",
    "events_and_readers",
    "every",
    "reacts_to",
    "scheduled_jobs",
]
