"""The author says whether it is truly solved: «так» or «ні», once for each closing; ratings count only «так»."""

from datetime import datetime

from django.db import transaction

from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, NotAllowed
from edem.services.reports.actions.stepping import lock, show_anew
from edem.services.reports.events import ReportConfirmed
from edem.services.reports.rules.lifecycle import ENDED, State


@transaction.atomic(durable=True)
def confirm_solution(report_id: int, *, by: Person, is_solved: bool, now: datetime) -> None:
    """The answer may be changed while the report is closed; «ні» alone opens nothing, it offers to."""
    report = lock(report_id)

    if report.author_id != by.pk:
        raise NotAllowed("report.not_yours")
    if State(report.state) not in ENDED:
        raise Conflict("report.not_closed")
    if report.confirmed is is_solved:
        return

    report.confirmed, report.confirmed_at, report.updated_at = is_solved, now, now
    report.save(update_fields=["confirmed", "confirmed_at", "updated_at"])
    announce(ReportConfirmed(report_id=report.pk, is_solved=is_solved))
    show_anew(report)
