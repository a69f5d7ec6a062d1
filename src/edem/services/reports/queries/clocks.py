"""Reports by their clocks, for the sweeps."""

from collections.abc import Sequence
from datetime import datetime

from edem.services.reports.models import Assignment, Report
from edem.services.reports.rules.lifecycle import State

AT_ONCE = 500


def reports_to_archive(now: datetime) -> Sequence[int]:
    closed = Report.objects.filter(state=State.CLOSED, archives_at__lte=now)
    return list(closed.order_by("archives_at", "pk").values_list("pk", flat=True)[:AT_ONCE])


def reports_to_alarm(now: datetime) -> Sequence[int]:
    ringing = Report.objects.filter(alarm_at__lte=now)
    return list(ringing.order_by("alarm_at", "pk").values_list("pk", flat=True)[:AT_ONCE])


def assignments_to_alarm(now: datetime) -> Sequence[int]:
    ringing = Assignment.objects.filter(alarm_at__lte=now)
    return list(ringing.order_by("alarm_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
