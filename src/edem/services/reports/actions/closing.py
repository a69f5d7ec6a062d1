"""A report is closed: with a result, a text and, where asked, a photo."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.kernel.errors import NotAllowed
from edem.services.reports.actions.after_photos import Upload, add_deciding_photos
from edem.services.reports.actions.holding import held_by
from edem.services.reports.actions.stepping import check_may, lock, move, show_anew
from edem.services.reports.models import Report
from edem.services.reports.queries.actors import held_now, organisations_of
from edem.services.reports.queries.circumstances import circumstances_of, has_photo_of_work, needs_photo
from edem.services.reports.rules.lifecycle import State, Step
from edem.services.reports.rules.results import Closing, check_closing
from edem.services.reports.rules.standing_in import closing_as


@transaction.atomic(durable=True)
def close_report(report_id: int, closing: Closing, *, by: Person, now: datetime, photos: Sequence[Upload] = ()) -> None:
    """Photos of a check by the control body or the moderator come with it; a refused closing shows none of them."""
    report = lock(report_id)

    actors = check_may(Step.CLOSE, report, by=by, note=closing.text)
    actor = closing_as(actors, State(report.state), circumstances_of(report))
    if actor == Role.WORKER:
        check_main(report, by)
    add_deciding_photos(report, photos, by=by, now=now)
    check_closing(closing, photo_required=needs_photo(report), has_photo=has_photo_of_work(report))

    moved = move(report, Step.CLOSE, by=by, actor=actor, now=now, note=closing.text.strip())
    report.result, report.result_text = closing.result, closing.text.strip()
    report.result_addressee = closing.addressee.strip()
    report.save()
    held_now(report).update(closed_at=now, alarm_at=None)
    announce(moved)
    show_anew(report)
    record_staff_act(
        by,
        "report.closed",
        community_id=report.community_id,
        subject=report,
        now=now,
        result=closing.result,
    )


def check_main(report: Report, by: Person) -> None:
    """Those who only help say so on the card; the main organisation closes."""
    own = held_by(report, organisations_of(by, report.community_id, Role.WORKER))
    if own is None or not (own.is_main or held_now(report).filter(is_main=True).first() is None):
        raise NotAllowed("report.main_closes")
