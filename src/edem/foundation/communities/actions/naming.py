"""What a community says of itself: its names, its council, where to reach it."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from edem.foundation.communities.actions.locking import lock_community
from edem.foundation.communities.models import Community
from edem.foundation.communities.recording import Record
from edem.kernel.ukrainian import fold, normalise, sort_key


@dataclass(frozen=True, kw_only=True)
class CommunityFacts:
    name: str
    name_genitive: str
    name_locative: str
    council_name: str
    council_name_genitive: str = ""
    edrpou: str = ""
    cnap_address: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    website: str = ""


@transaction.atomic(durable=True)
def change_facts(community_id: int, facts: CommunityFacts, *, record: Record, now: datetime) -> Community:
    community = lock_community(community_id)

    changed = write_facts(community, facts)
    community.save(update_fields=[*asdict(facts), "name_key", "folded"])

    record(
        "communities.facts_changed",
        community_id=community_id,
        subject=community,
        now=now,
        fields=", ".join(changed),
    )
    return community


def write_facts(community: Community, facts: CommunityFacts) -> list[str]:
    """Set the fields without saving; names are kept in one spelling. Returns which of them differ."""
    values = {name: normalise(value.strip()) for name, value in asdict(facts).items()}
    changed = [name for name, value in values.items() if getattr(community, name) != value]
    for name, value in values.items():
        setattr(community, name, value)
    community.name_key, community.folded = sort_key(community.name), fold(community.name)
    return changed
