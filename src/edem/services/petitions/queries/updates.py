"""The author's news as readers, the author and the letters need them."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from edem.foundation.communities.models import Community
from edem.services.petitions.models import Petition, PetitionEdition, PetitionUpdate, Told
from edem.services.petitions.queries.withheld import hides_text
from edem.services.petitions.rules.lifecycle import IN_PUBLIC

SHOWN = 20


def updates_on(petition: Petition) -> Sequence[PetitionUpdate]:
    """What everybody reads, the newest first; of what a moderator took down, its place and the ground."""
    if hides_text(petition):
        return []
    told = petition.updates.filter(state__in=(Told.PUBLIC, Told.HIDDEN)).order_by("-published_at", "-pk")
    return list(told[:SHOWN])


def updates_of_author(petition: Petition) -> QuerySet[PetitionUpdate]:
    return petition.updates.order_by("-written_at", "-pk")


def waiting_update(petition: Petition) -> PetitionUpdate | None:
    return petition.updates.filter(state=Told.WAITING).order_by("pk").first()


def last_told_at(petition: Petition) -> datetime | None:
    """When the last news that was not refused was written."""
    last = petition.updates.exclude(state=Told.REFUSED).order_by("-written_at", "-pk").first()
    return last.written_at if last else None


def text_of_update(update_id: int) -> str:
    """Empty when it is not public, or not any more."""
    found = PetitionUpdate.objects.filter(pk=update_id, state=Told.PUBLIC).order_by("pk")
    return found.values_list("text", flat=True).first() or ""


def ground_of_text(kind: str, text_id: int) -> str:
    """Why the moderator refused news («update») or a correction («edition»)."""
    refused = PetitionUpdate.objects if kind == "update" else PetitionEdition.objects
    return refused.filter(pk=text_id).order_by("pk").values_list("ground", flat=True).first() or ""


def newest_updates(community: Community, *, limit: int) -> Sequence[PetitionUpdate]:
    """For the community's feed."""
    told = PetitionUpdate.objects.filter(
        petition__community=community, petition__state__in=list(IN_PUBLIC), state=Told.PUBLIC
    )
    newest = told.select_related("petition").order_by("-published_at", "-pk")
    return [each for each in newest[:limit] if not hides_text(each.petition)]
