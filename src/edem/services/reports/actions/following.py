"""Those that follow a report move with it; when it is taken out, each goes its own way again."""

from datetime import datetime

from django.db import transaction

from edem.services.reports.actions.incidents import lock_incidents
from edem.services.reports.actions.joining import FOLLOW, take_over_state
from edem.services.reports.actions.stepping import show_anew
from edem.services.reports.rules.lifecycle import State


@transaction.atomic(durable=True)
def follow_lead(report_id: int, *, now: datetime) -> list[int]:
    """The lead has moved: those that follow it move too, and are named. Told twice, it is done once."""
    reports = lock_incidents({report_id})
    lead = reports.get(report_id)
    if lead is None or lead.follows_id is not None or State(lead.state) is State.REJECTED:
        return []
    moved = [each for each in reports.values() if each.follows_id == lead.pk and each.state != lead.state]
    for each in moved:
        take_over_state(each, lead, step=FOLLOW, now=now)
        show_anew(each)
    return [each.pk for each in moved]
