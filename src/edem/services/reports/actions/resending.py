"""The second letter to an organisation that is silent (§4.3): by a moderator's hand, or by the clock in their name."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from edem.foundation.audit.recording import record_staff_act
from edem.foundation.events.announcing import announce
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, NotAllowed
from edem.services.reports.actions.stepping import lock, show_anew
from edem.services.reports.events import ReportResent
from edem.services.reports.models import Report
from edem.services.reports.queries.actors import held_now
from edem.services.reports.rules.lifecycle import AT_WORK, State


@transaction.atomic(durable=True)
def resend_report(report_id: int, *, by: Person, now: datetime) -> None:
    """A moderator writes to those who hold it once more; from then on the control body may accept it for them."""
    report = lock(report_id)

    if Role.MODERATOR not in roles_of(by, report.community_id):
        raise NotAllowed("report.moderators_resend")
    if State(report.state) not in AT_WORK or report.due_at is None or now < report.due_at:
        raise Conflict("report.not_overdue")
    resent = resent_to_holders(report, now=now)
    if not resent:
        raise Conflict("report.nobody_holds")

    announce(*resent)
    show_anew(report)
    record_staff_act(by, "report.resent", community_id=report.community_id, subject=report, now=now)


def resent_to_holders(report: Report, *, now: datetime) -> Sequence[ReportResent]:
    holders = list(held_now(report).values_list("pk", flat=True))
    held_now(report).update(resent_at=now)
    return [ReportResent(report_id=report.pk, assignment_id=pk, at=now) for pk in holders]
