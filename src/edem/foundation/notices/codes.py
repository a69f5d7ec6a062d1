"""How a sealed token names what it stops: a topic by its own code, the rest by a sign and what is needed for it."""

import json
from typing import Final

from edem.foundation.notices.models import Subscription
from edem.foundation.notices.subjects import Kind, Rhythm, Subject

EVERYTHING: Final = "*"
SUBSCRIPTION: Final = "+"
WHOLE_DIGEST: Final = "~"


def code_of(subscription: Subscription) -> str:
    """All that is needed to begin again, should it have been a mistake."""
    parts = [subscription.community_id, subscription.kind, subscription.service, subscription.key, subscription.rhythm]
    return SUBSCRIPTION + json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def code_of_digest(community_id: int, rhythm: Rhythm) -> str:
    return WHOLE_DIGEST + json.dumps([community_id, rhythm], separators=(",", ":"))


def subscription_in(code: str) -> tuple[int, Subject, Rhythm]:
    community_id, kind, service, key, rhythm = json.loads(code[1:])
    return community_id, Subject(Kind(kind), service, key), Rhythm(rhythm)


def digest_in(code: str) -> tuple[int, Rhythm]:
    community_id, rhythm = json.loads(code[1:])
    return community_id, Rhythm(rhythm)
