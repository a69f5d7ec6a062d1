"""Whom to write to about a report."""

from collections.abc import Collection
from uuid import UUID

from edem.foundation.people.models import RoleGrant
from edem.foundation.people.queries import IN_FORCE
from edem.foundation.people.roles import Role
from edem.services.reports.models import Report
from edem.services.reports.queries.actors import holding
from edem.services.reports.rules.terms import ClockName

TELLS_HEADS = (Role.WORKER, Role.HEAD)


def report_told(report_id: int) -> Report | None:
    found = Report.objects.select_related("community", "organisation", "incident").filter(pk=report_id)
    return found.order_by("pk").first()


def authors_of(report: Report) -> list[UUID]:
    """The author; of an incident's lead also those whose reports were joined to it."""
    whose = {report.author_id}
    if report.incident_id is not None:
        whose |= set(Report.objects.filter(follows=report.pk).order_by().values_list("author_id", flat=True))
    return sorted(each for each in whose if each is not None)


def own_report_of(report: Report, author: UUID) -> Report | None:
    """This one, or the first that they wrote of those that follow it."""
    if author == report.author_id:
        return report
    own = Report.objects.select_related("community").filter(follows=report.pk, author_id=author)
    return own.order_by("pk").first()


def staff_with(report: Report, roles: Collection[str]) -> list[UUID]:
    """In the community as a whole."""
    held = RoleGrant.objects.filter(IN_FORCE, community_id=report.community_id, role__in=list(roles))
    return list(held.order_by("person_id").values_list("person_id", flat=True).distinct())


def workers_of(report: Report, *roles: str, organisation_id: int | None = None) -> list[UUID]:
    """In the organisations that hold it now, or in one of them."""
    where = [organisation_id] if organisation_id else holding(report)
    held = RoleGrant.objects.filter(
        IN_FORCE, community_id=report.community_id, organisation_id__in=where, role__in=list(roles)
    )
    return list(held.order_by("person_id").values_list("person_id", flat=True).distinct())


def responsible_for(report: Report, clock: ClockName, *, organisation_id: int | None = None) -> list[UUID]:
    """Whose move it is; where nobody holds the report, the control body's."""
    if clock is ClockName.CHECKING:
        return staff_with(report, {Role.MODERATOR})
    told = workers_of(report, *TELLS_HEADS, organisation_id=organisation_id)
    return told or staff_with(report, {Role.CONTROL})
