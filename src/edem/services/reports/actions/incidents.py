"""Reports of one thing are locked together and in one order: voices, merging and parting never wait in a ring."""

from collections.abc import Callable, Collection
from typing import Final

from django.db import transaction
from django.db.models import Q

from edem.kernel.errors import Conflict
from edem.services.reports.models import Report

TRIES: Final = 5


class _Moved(Exception):
    """Somebody merged or parted them before they were locked."""


def lock_led(report_ids: Collection[int]) -> dict[int, Report]:
    """Report → the one that is worked on in its place."""
    asked = set(report_ids)
    locked = lock_found(lambda: asked | set(leads_of(asked).values()))
    leads = {pk: locked[pk].follows_id or pk for pk in asked if pk in locked}
    return {pk: locked[lead] for pk, lead in leads.items()}


def lock_incidents(report_ids: Collection[int]) -> dict[int, Report]:
    """These with their leads and all that follow those."""
    asked = set(report_ids)
    return lock_found(lambda: together_with(asked))


def together_with(report_ids: Collection[int]) -> set[int]:
    leads = set(leads_of(report_ids).values())
    found = Report.objects.filter(Q(pk__in=leads) | Q(follows__in=leads))
    return set(found.order_by("pk").values_list("pk", flat=True))


def leads_of(report_ids: Collection[int]) -> dict[int, int]:
    found = Report.objects.filter(pk__in=report_ids).order_by("pk").values_list("pk", "follows_id")
    return {pk: lead or pk for pk, lead in found}


def lock_found(find: Callable[[], set[int]]) -> dict[int, Report]:
    """What was locked in vain is let go at the savepoint before the next try."""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return _lock(find)
        except _Moved:
            continue
    raise Conflict("report.step_not_now")


def _lock(find: Callable[[], set[int]]) -> dict[int, Report]:
    wanted = find()
    rows = Report.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted).order_by("pk")
    locked = {report.pk: report for report in rows}
    if find() != wanted:
        raise _Moved
    return locked
