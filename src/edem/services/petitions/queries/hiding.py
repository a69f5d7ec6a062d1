"""When a petition's text was taken down and shown again: everybody reads that it was, and why."""

from collections.abc import Sequence
from datetime import datetime

from edem.foundation.communities.models import Community
from edem.foundation.notices.facts import Fact
from edem.kernel.errors import Missing
from edem.services.petitions.models import Petition, TextHiding


def hidings_of(petition: Petition) -> Sequence[TextHiding]:
    """In their order. The words themselves are for the desk alone."""
    if not petition.hidings_count:
        return []
    return list(petition.hidings.defer("title", "essence", "demand").order_by("hidden_at", "pk"))


def hidden_text(community: Community, petition_id: int) -> TextHiding:
    """What lies hidden now, for the staff who decide whether it comes back."""
    found = TextHiding.objects.filter(petition__community=community, petition_id=petition_id, shown_at=None)
    hiding = found.select_related("petition__community", "hidden_by").order_by("pk").first()
    if hiding is None:
        raise Missing("petition.text_not_hidden")
    return hiding


def facts_of_hiding(petition_id: int, *, at: datetime) -> dict[str, Fact]:
    hiding = TextHiding.objects.filter(petition_id=petition_id, hidden_at=at).order_by("-pk").first()
    return {"why": hiding.ground, "note": hiding.note} if hiding else {"why": "", "note": ""}


def facts_of_showing(petition_id: int, *, at: datetime) -> dict[str, Fact]:
    hiding = TextHiding.objects.filter(petition_id=petition_id, shown_at=at).order_by("-pk").first()
    return {"note": hiding.shown_note if hiding else ""}
