"""Which versions of the key of marks petitions still need: each keeps the one it began with, or uniqueness breaks."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from edem.services.petitions.models import PaperSheet, Petition
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.paper import WAITING

_SIGNED = (State.COLLECTING, State.REACHED, State.HANDED_OVER, State.CONSIDERATION, State.APPEAL)


def marked_by(_now: datetime) -> Mapping[int, int]:
    """While a petition may be signed, withdrawn from or counted on paper, another mark would be another person."""
    sheets = PaperSheet.objects.filter(petition=OuterRef("pk"), state__in=list(WAITING))
    running = Petition.objects.filter(Q(state__in=_SIGNED) | Exists(sheets))
    counted = running.values("key_version").annotate(petitions=Count("pk")).order_by("key_version")
    return {row["key_version"]: row["petitions"] for row in counted}
