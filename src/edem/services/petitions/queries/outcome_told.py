"""The plan of fulfilment and the hearings for outside programs: no more and no less than the card shows."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.communities.models import Community
from edem.foundation.files.models import StoredFile
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.fulfilment import Piece, StageShown, Turn, plan_of
from edem.services.petitions.queries.hearings import HearingShown, hearings_of

Told = dict[str, object]


def outcome_told(petition: Petition, *, now: datetime) -> Told:
    plan = plan_of(petition, now=now)
    hearings = hearings_of(petition, now=now)
    community = petition.community
    return {
        "plan": [stage_told(each, community) for each in plan.stages] if plan else [],
        "hearings": [hearing_told(each, community) for each in hearings],
    }


def stage_told(shown: StageShown, community: Community) -> Told:
    return {
        "id": shown.stage.pk,
        "title": shown.stage.title,
        "body": shown.stage.body,
        "last_day": shown.last_day,
        "amount_kopiykas": shown.stage.amount,
        "state": shown.condition.value,
        "done_on": shown.stage.done_on,
        "days_late": shown.days_late,
        "changes": [turn_told(each) for each in shown.turns],
        "evidence": pieces_told((*shown.pictures, *shown.papers), community),
    }


def turn_told(turn: Turn) -> Told:
    return {
        "at": turn.change.at,
        "kind": turn.change.kind,
        "note": turn.change.note,
        "day_before": turn.day_before,
        "day_after": turn.day_after,
    }


def pieces_told(pieces: Sequence[Piece], community: Community) -> Sequence[Told]:
    return [
        {
            "words": each.evidence.words,
            "url": address_of(each.evidence.file, community),
            "added_at": each.evidence.added_at,
        }
        for each in pieces
    ]


def hearing_told(shown: HearingShown, community: Community) -> Told:
    hearing = shown.hearing
    return {
        "id": hearing.pk,
        "state": hearing.standing,
        "starts_at": hearing.starts_at,
        "minutes": hearing.minutes,
        "place": hearing.place,
        "online": hearing.online,
        "agenda": hearing.agenda,
        "record": hearing.record,
        "record_url": address_of(hearing.record_file, community) if hearing.record_file else "",
        "reason": shown.reason,
    }


def address_of(stored: StoredFile, community: Community) -> str:
    return address_of_page(community, f"/files/{stored.pk}/{quote(stored.name)}")
