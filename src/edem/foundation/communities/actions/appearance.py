"""The community's look: one accent colour, which `ui.contrast` makes readable, and its coat of arms."""

import re
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from edem.foundation.communities.actions.locking import lock_community
from edem.foundation.communities.arms import drawn_anew
from edem.foundation.communities.recording import Record
from edem.kernel.errors import Invalid

_ACCENT = re.compile(r"#[0-9a-f]{6}")


@transaction.atomic(durable=True)
def change_accent(community_id: int, accent: str, *, record: Record, now: datetime) -> None:
    community = lock_community(community_id)

    accent = accent.strip().lower()
    if not _ACCENT.fullmatch(accent):
        raise Invalid("communities.accent_form", field="accent")

    community.accent = accent
    community.save(update_fields=["accent"])

    record("communities.accent_changed", community_id=community_id, subject=community, now=now, accent=accent)


@transaction.atomic(durable=True)
def change_arms(community_id: int, picture: bytes, *, record: Record, now: datetime) -> None:
    """Only our own drawing of the picture is kept: nothing else that was hidden in the file comes along."""
    community = lock_community(community_id)

    arms = drawn_anew(picture)

    community.coat_of_arms.save(f"{community.slug}-{arms.fingerprint}.png", ContentFile(arms.png), save=False)
    community.save(update_fields=["coat_of_arms"])

    record("communities.arms_changed", community_id=community_id, subject=community, now=now)


@transaction.atomic(durable=True)
def remove_arms(community_id: int, *, record: Record, now: datetime) -> None:
    community = lock_community(community_id)

    community.coat_of_arms = ""
    community.save(update_fields=["coat_of_arms"])

    record("communities.arms_removed", community_id=community_id, subject=community, now=now)
