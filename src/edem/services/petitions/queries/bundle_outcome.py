"""What followed a petition, for the council's package: its plan with moved dates and evidence, and its hearings."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from edem.foundation.files.contents import content_as_given
from edem.foundation.files.models import StoredFile
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.fulfilment import StageShown, plan_of
from edem.services.petitions.queries.hearings import HearingShown, hearings_of

Record = dict[str, object]


def plan_in(petition: Petition, *, now: datetime) -> Sequence[Record]:
    plan = plan_of(petition, now=now)
    return [stage_record(each) for each in plan.stages] if plan else []


def stage_record(shown: StageShown) -> Record:
    stage = shown.stage
    return {
        "number": stage.pk,
        "title": stage.title,
        "body": stage.body,
        "standing": _(shown.look.label),
        "last_day": shown.last_day.isoformat(),
        "done_on": stage.done_on.isoformat() if stage.done_on else "",
        "days_late": shown.days_late,
        "kopiykas": "" if stage.amount is None else stage.amount,
        "evidence": "; ".join(piece.evidence.words for piece in (*shown.pictures, *shown.papers)),
        "changes": "; ".join(
            " ".join(
                filter(None, (f"{turn.change.at:%Y-%m-%d}", _(turn.label), moved(turn.day_before, turn.day_after)))
            )
            for turn in shown.turns
        ),
    }


def moved(before: object, after: object) -> str:
    return f"{before} → {after}" if before and after else ""


def hearings_in(petition: Petition, *, now: datetime) -> Sequence[Record]:
    return [hearing_record(each) for each in hearings_of(petition, now=now)]


def hearing_record(shown: HearingShown) -> Record:
    hearing = shown.hearing
    return {
        "number": hearing.pk,
        "standing": _(shown.look.label),
        "starts_at": hearing.starts_at.isoformat(timespec="seconds") if hearing.starts_at else "",
        "minutes": hearing.minutes,
        "place": hearing.place,
        "online": hearing.online,
        "agenda": hearing.agenda,
        "record": hearing.record,
        "reason": shown.reason,
    }


def papers_of_outcome(petition: Petition, *, now: datetime) -> Iterator[tuple[str, bytes]]:
    """Published evidence of what was done, and the minutes of hearings."""
    plan = plan_of(petition, now=now)
    for stage in plan.stages if plan else ():
        for piece in (*stage.pictures, *stage.papers):
            file = piece.evidence.file
            yield f"evidence/{stage.stage.pk}-{piece.evidence.pk}-{file.name}", content_of(file)
    for each in hearings_of(petition, now=now):
        minutes = each.hearing.record_file
        if minutes:
            yield f"hearings/{each.hearing.pk}-{minutes.name}", content_of(minutes)


def content_of(file: StoredFile) -> bytes:
    with content_as_given(file) as content:
        return bytes(content.read())
