"""Hearings of a petition as everybody sees them, and what letters say of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.foundation.files.queries import address_of_file
from edem.foundation.notices.facts import Fact
from edem.foundation.people.models import Person
from edem.kernel.errors import Missing
from edem.kernel.lifecycle import StateLook
from edem.services.petitions.models import Hearing, HearingChange, Petition
from edem.services.petitions.queries.pages import petition_for
from edem.services.petitions.rules.calendar_file import Entry
from edem.services.petitions.rules.hearings import HEARD_IN, STANDINGS, Change, Standing
from edem.services.petitions.rules.lifecycle import BEFORE_PUBLICATION, State


@dataclass(frozen=True, kw_only=True)
class HearingShown:
    hearing: Hearing
    look: StateLook
    is_appointed: bool
    has_begun: bool
    ends_at: datetime | None
    changes: Sequence[HearingChange]

    @property
    def record_url(self) -> str:
        return address_of_file(self.hearing.record_file) if self.hearing.record_file else ""

    @property
    def moves(self) -> Sequence[HearingChange]:
        return [each for each in self.changes if each.kind == Change.MOVED]

    @property
    def reason(self) -> str:
        """Why it was cancelled or declined."""
        given_up = [each for each in self.changes if each.kind in {Change.CANCELLED, Change.DECLINED}]
        return given_up[-1].note if given_up else ""


def hearings_of(petition: Petition, *, now: datetime) -> Sequence[HearingShown]:
    """The newest first; one query more for the changes when there is any."""
    if State(petition.state) in BEFORE_PUBLICATION | {State.COLLECTING}:
        return []
    found = Hearing.objects.select_related("record_file").filter(petition=petition).order_by("-pk")
    changes = HearingChange.objects.order_by("at", "pk")
    return [hearing_shown(each, now=now) for each in found.prefetch_related(Prefetch("changes", changes))]


def hearing_shown(hearing: Hearing, *, now: datetime) -> HearingShown:
    starts_at = hearing.starts_at
    return HearingShown(
        hearing=hearing,
        look=STANDINGS[Standing(hearing.standing)],
        is_appointed=hearing.standing == Standing.APPOINTED,
        has_begun=starts_at is not None and starts_at <= now,
        ends_at=starts_at + timedelta(minutes=hearing.minutes) if starts_at else None,
        changes=list(hearing.changes.all()),
    )


def hearing_for(
    community: Community, petition_id: int, hearing_id: int, *, reader: Person | None
) -> tuple[Petition, Hearing]:
    petition = petition_for(community, petition_id, reader=reader)
    hearing = petition.hearings.filter(pk=hearing_id).order_by("pk").first()
    if hearing is None:
        raise Missing("petition.hearing_missing")
    return petition, hearing


def calendar_entry(community: Community, petition_id: int, hearing_id: int) -> Entry:
    """The hearing for people's own calendars; one that was cancelled takes itself out of them."""
    petition, hearing = hearing_for(community, petition_id, hearing_id, reader=None)
    changes = list(hearing.changes.order_by("at", "pk"))
    if hearing.starts_at is None or not changes:
        raise Missing("petition.hearing_missing")
    address = address_of_page(community, f"/petitions/{petition.pk}/")
    return Entry(
        uid=f"hearing-{hearing.pk}@{urlsplit(address).hostname}",
        sequence=len(changes) - 1,
        changed_at=changes[-1].at,
        starts_at=hearing.starts_at,
        minutes=hearing.minutes,
        summary=_("Слухання: «%(title)s»") % {"title": petition.title},
        words=hearing.agenda,
        where=", ".join(each for each in (hearing.place, hearing.online) if each),
        url=address,
        is_cancelled=hearing.standing == Standing.CANCELLED,
    )


def may_be_heard(petition: Petition) -> bool:
    return State(petition.state) in HEARD_IN


def awaits_hearing(petition: Petition, hearings: Sequence[HearingShown]) -> bool:
    """It was asked for, and nobody has appointed or declined it yet."""
    return petition.hearing_asked and not hearings and may_be_heard(petition)


def hearing_change_told(change_id: int) -> HearingChange | None:
    found = HearingChange.objects.select_related("hearing").filter(pk=change_id)
    return found.order_by("pk").first()


def facts_of_hearing(change: HearingChange) -> dict[str, Fact]:
    """What a letter says of a hearing; the petition's own facts stand beside it."""
    hearing = change.hearing
    return {
        "starts_at": hearing.starts_at,
        "place": hearing.place,
        "online": hearing.online,
        "agenda": hearing.agenda,
        "reason": change.note,
    }
